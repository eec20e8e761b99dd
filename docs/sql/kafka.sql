-- From a topic of JSON readings to a topic of JSON forecasts.
SET 'table.local-time-zone' = 'UTC';
SET 'execution.checkpointing.interval' = '10 s';

CREATE TABLE meters (
  meter STRING,
  ts TIMESTAMP_LTZ(3),
  kw DOUBLE,
  WATERMARK FOR ts AS ts - INTERVAL '10' SECOND
) WITH (
  'connector' = 'kafka',
  'topic' = 'meters',
  'properties.bootstrap.servers' = 'localhost:9092',
  'properties.group.id' = 'forecasts',
  'scan.startup.mode' = 'earliest-offset',
  'format' = 'json',
  'json.timestamp-format.standard' = 'ISO-8601'
);

CREATE TABLE forecasts (
  meter STRING,
  tick_time TIMESTAMP_LTZ(3),
  step INT,
  forecast_time TIMESTAMP_LTZ(3),
  mean DOUBLE,
  lower_bound DOUBLE,
  upper_bound DOUBLE
) WITH (
  'connector' = 'kafka',
  'topic' = 'forecasts',
  'properties.bootstrap.servers' = 'localhost:9092',
  'key.format' = 'raw',
  'key.fields' = 'meter',
  'value.format' = 'json',
  'value.json.timestamp-format.standard' = 'ISO-8601'
);

INSERT INTO forecasts
SELECT meter, tick_time, step, forecast_time, mean, lower_bound, upper_bound
FROM TICKFORMER_FORECAST(
  input => TABLE meters PARTITION BY meter,
  on_time => DESCRIPTOR(ts),
  target => DESCRIPTOR(kw),
  model => '/opt/tickformer/models/universal.onnx',
  horizon => 3,
  uid => 'kafka'
);
