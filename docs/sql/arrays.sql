-- One row a forecast, once a meter has a day of readings.
SELECT meter, tick_time, mean, quantile_levels, quantiles
FROM TICKFORMER_FORECAST(
  input => TABLE readings PARTITION BY meter,
  on_time => DESCRIPTOR(ts),
  target => DESCRIPTOR(kw),
  model => '/opt/tickformer/models/universal.onnx',
  horizon => 2,
  quantile_levels => '0.1, 0.5, 0.9',
  min_context_size => 24,
  output => 'arrays',
  uid => 'arrays'
);
