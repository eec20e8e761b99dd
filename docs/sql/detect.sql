-- Hours at which something unusual begins.
SELECT meter, tick_time, actual, expected, score
FROM TICKFORMER_DETECT(
  input => TABLE readings PARTITION BY meter,
  on_time => DESCRIPTOR(ts),
  target => DESCRIPTOR(kw),
  model => '/opt/tickformer/models/universal.onnx',
  uid => 'detect'
)
WHERE is_anomaly;
