#!/usr/bin/python3
"""Prints the forecasts of a topic, one JSON object a line, with times in ISO-8601."""

import json

import forecasts


def main():
    for forecast in forecasts.read_forecasts(forecasts.arguments(__doc__).parse_args()):
        forecast["tick_time"] = forecast["tick_time"].isoformat()
        print(json.dumps(forecast), flush=True)


if __name__ == "__main__":
    main()
