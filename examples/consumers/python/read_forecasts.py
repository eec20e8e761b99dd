#!/usr/bin/python3
"""Prints the forecasts of a topic, or the records of another output topic: one JSON object a line, times in ISO-8601."""

import datetime
import json

import forecasts


def main():
    for forecast in forecasts.read_forecasts(forecasts.arguments(__doc__).parse_args()):
        print(json.dumps(forecast, default=datetime.datetime.isoformat), flush=True)


if __name__ == "__main__":
    main()
