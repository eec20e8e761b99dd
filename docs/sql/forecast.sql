-- The next six hours of each meter, as of each hour: one row a step.
SELECT meter, tick_time, step, forecast_time, mean, lower_bound, upper_bound
FROM TICKFORMER_FORECAST(
  input => TABLE readings PARTITION BY meter,
  on_time => DESCRIPTOR(ts),
  target => DESCRIPTOR(kw),
  model => '/opt/tickformer/models/universal.onnx',
  horizon => 6,
  confidence => 0.8,
  uid => 'forecast'
);
