-- CSV files with lines such as 2026-03-01T00:00:00Z,north,12.5
SET 'table.local-time-zone' = 'UTC';
SET 'sql-client.execution.result-mode' = 'TABLEAU';

CREATE TABLE readings (
  ts TIMESTAMP_LTZ(3),
  meter STRING,
  kw DOUBLE,
  WATERMARK FOR ts AS ts - INTERVAL '10' SECOND
) WITH (
  'connector' = 'filesystem',
  'path' = '/data/meters',
  'format' = 'csv'
);
