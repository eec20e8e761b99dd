-- What follows an array of hourly values, without state: the provider runs in the task.
ADD JAR '/opt/tickformer/tickformer-job.jar';

CREATE MODEL hourly
  INPUT (context ARRAY<DOUBLE>)
  OUTPUT (mean ARRAY<DOUBLE>, lower_bound ARRAY<DOUBLE>, upper_bound ARRAY<DOUBLE>)
  WITH (
    'provider' = 'tickformer',
    'path' = '/opt/tickformer/models/universal.onnx',
    'horizon' = '3',
    'confidence' = '0.8'
  );

CREATE VIEW contexts AS
  SELECT meter, context
  FROM (VALUES
    ('north', ARRAY[12.5, 13.0, 14.2, 13.8, 12.9]),
    ('south', ARRAY[20.0, CAST(NULL AS DOUBLE), 21.5, 22.0, 21.0])
  ) AS t (meter, context);

SELECT meter, mean, lower_bound, upper_bound
FROM ML_PREDICT(TABLE contexts, MODEL hourly, DESCRIPTOR(context));
