-- Warns of the meters that may exceed 100 soon: the 90 % quantile of their forecast is above it in a tick that
-- ends at most four hours after the forecast. There is one row for each forecast that says so.
--
-- forecasts is a table or a view with one row for each step of a forecast, as TICKFORMER_FORECAST gives it
-- with quantile_levels => '0.9'. What the statement remembers of a forecast is dropped after
-- table.exec.state.ttl: an hour will do.
SELECT
  meter,
  tick_time,
  MIN(forecast_time) AS crossing_time
FROM forecasts
WHERE q90 > 100
  AND forecast_time <= tick_time + INTERVAL '4' HOUR
  AND quality <> 'WARMING_UP'
GROUP BY meter, tick_time;
