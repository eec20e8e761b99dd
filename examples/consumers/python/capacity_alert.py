#!/usr/bin/python3
"""Warns when a series may exceed its capacity soon, one JSON object a line.

A series is warned of when the quantile of its forecast at --level is above --capacity in a tick that
ends at most --hours after the forecast, and again only after a forecast that was not.
"""

import bisect
import datetime
import json

import forecasts


def quantile_at(levels, quantiles, level):
    """A quantile at any level between the outermost ones: linear between its neighbours."""
    if not levels[0] <= level <= levels[-1]:
        raise ValueError(f"the level {level} is not within the quantile levels {levels}")
    above = bisect.bisect_left(levels, level)
    if levels[above] == level:
        return quantiles[above]
    share = (level - levels[above - 1]) / (levels[above] - levels[above - 1])
    return quantiles[above - 1] + share * (quantiles[above] - quantiles[above - 1])


def first_crossing(forecast, level, capacity, within):
    """The time and the quantile of the first tick within the time that is above the capacity, or None."""
    tick = datetime.timedelta(milliseconds=forecast["tick_millis"])
    for step, quantiles in enumerate(forecast["quantiles"]):
        if (step + 1) * tick > within:
            return None
        quantile = quantile_at(forecast["quantile_levels"], quantiles, level)
        if quantile > capacity:
            return {
                "tick_time": forecast["tick_time"].isoformat(),
                "crossing_time": (forecast["tick_time"] + (step + 1) * tick).isoformat(),
                "quantile": quantile,
            }
    return None


def main():
    parser = forecasts.arguments(__doc__)
    parser.add_argument("--capacity", type=float, required=True)
    parser.add_argument("--level", type=float, default=0.9)
    parser.add_argument("--hours", type=float, default=4)
    options = parser.parse_args()
    at_risk = set()
    for forecast in forecasts.read_forecasts(options):
        # The model knows too little of the series yet. FALLBACK is a simple forecast, but an honest one.
        if forecast["quality"] == "WARMING_UP":
            continue
        series = forecast["series"]
        crossing = first_crossing(
            forecast, options.level, options.capacity, datetime.timedelta(hours=options.hours)
        )
        if crossing and series not in at_risk:
            print(json.dumps({"series": series, **crossing, "quality": forecast["quality"]}), flush=True)
        if crossing:
            at_risk.add(series)
        else:
            at_risk.discard(series)


if __name__ == "__main__":
    main()
