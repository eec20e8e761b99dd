-- The two functions, from the job jar.
CREATE FUNCTION TICKFORMER_FORECAST
  AS 'io.tickformer.sql.TickformerForecast'
  USING JAR '/opt/tickformer/tickformer-job.jar';

CREATE FUNCTION TICKFORMER_DETECT
  AS 'io.tickformer.sql.TickformerDetect'
  USING JAR '/opt/tickformer/tickformer-job.jar';
