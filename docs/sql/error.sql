-- How far the forecasts made one hour ahead were off: forecasts joined to readings on their time.
SELECT f.meter, COUNT(*) AS forecasts, AVG(ABS(f.mean - r.kw)) AS mean_absolute_error
FROM (
  SELECT *
  FROM TICKFORMER_FORECAST(
    input => TABLE readings PARTITION BY meter,
    on_time => DESCRIPTOR(ts),
    target => DESCRIPTOR(kw),
    model => '/opt/tickformer/models/universal.onnx',
    horizon => 1,
    uid => 'error'
  )
) f
JOIN readings r
  ON r.meter = f.meter
  AND r.ts >= f.forecast_time
  AND r.ts < f.forecast_time + INTERVAL '1' HOUR
GROUP BY f.meter;
