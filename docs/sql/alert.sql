-- Meters that may exceed 30 kW within four hours: the 90 % quantile crosses the line.
SELECT meter, tick_time AS issued, MIN(forecast_time) AS from_time, MAX(q90) AS peak
FROM TICKFORMER_FORECAST(
  input => TABLE readings PARTITION BY meter,
  on_time => DESCRIPTOR(ts),
  target => DESCRIPTOR(kw),
  model => '/opt/tickformer/models/universal.onnx',
  horizon => 4,
  quantile_levels => '0.9',
  uid => 'alert'
)
WHERE q90 > 30
GROUP BY meter, tick_time;
