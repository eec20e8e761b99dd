// Warns when a series may exceed its capacity soon, one JSON object a line:
//
//   node capacity-alert.js --capacity 100 [--level 0.9] [--hours 4] [--topic forecasts] ...
//
// A series is warned of when the quantile of its forecast at --level is above --capacity in a tick
// that ends at most --hours after the forecast, and again only after a forecast that was not.
'use strict';

const { options, readForecasts } = require('./forecasts');

/** A quantile at any level between the outermost ones: linear between its neighbours. */
function quantileAt(levels, quantiles, level) {
  const above = levels.findIndex((each) => each >= level);
  if (above < 0 || levels[0] > level) {
    throw new Error(`the level ${level} is not within the quantile levels ${levels}`);
  }
  if (levels[above] === level) {
    return quantiles[above];
  }
  const share = (level - levels[above - 1]) / (levels[above] - levels[above - 1]);
  return quantiles[above - 1] + share * (quantiles[above] - quantiles[above - 1]);
}

/** The first tick within the time whose quantile is above the capacity, or undefined. */
function firstCrossing(forecast, { level, capacity, millis }) {
  const tick = Number(forecast.tick_millis);
  for (let step = 0; step < forecast.horizon && (step + 1) * tick <= millis; step += 1) {
    const quantile = quantileAt(forecast.quantile_levels, forecast.quantiles[step], level);
    if (quantile > capacity) {
      const time = Number(forecast.tick_time);
      return {
        tick_time: new Date(time),
        crossing_time: new Date(time + (step + 1) * tick),
        quantile,
      };
    }
  }
  return undefined;
}

/** Returns a listener of forecasts that warns when a series begins to be at risk. */
function capacityAlert(rule, warn) {
  const atRisk = new Set();
  return (forecast) => {
    // The model knows too little of the series yet. FALLBACK is a simple forecast, but an honest one.
    if (forecast.quality === 'WARMING_UP') {
      return;
    }
    const crossing = firstCrossing(forecast, rule);
    if (crossing && !atRisk.has(forecast.series)) {
      warn({ series: forecast.series, ...crossing, quality: forecast.quality });
    }
    if (crossing) {
      atRisk.add(forecast.series);
    } else {
      atRisk.delete(forecast.series);
    }
  };
}

async function main() {
  const settings = options({
    capacity: { type: 'string' },
    level: { type: 'string', default: '0.9' },
    hours: { type: 'string', default: '4' },
  });
  const rule = {
    level: Number(settings.level),
    capacity: Number(settings.capacity),
    millis: Number(settings.hours) * 3_600_000,
  };
  await readForecasts(
    settings,
    capacityAlert(rule, (alert) => console.log(JSON.stringify(alert)))
  );
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
