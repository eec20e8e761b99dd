"""Reads a topic of forecasts with confluent_kafka and avro.

On Debian these are the packages python3-confluent-kafka and python3-avro.
"""

import argparse
import datetime
import io
import json
import struct
import urllib.request

import avro.io
import avro.schema
import confluent_kafka

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def arguments(description):
    """The options that say where forecasts are; more may be added."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--bootstrap-servers", default="localhost:9092")
    parser.add_argument("--registry", default="http://localhost:8080/apis/ccompat/v7")
    parser.add_argument("--topic", default="forecasts")
    parser.add_argument("--group", default="forecast-reader")
    parser.add_argument("--format", choices=["avro", "json"], default="avro", help="as the job's sink.format")
    parser.add_argument("--count", type=int, default=0, help="end after so many forecasts; by default never")
    return parser


class RegistryDecoder:
    """Decodes Avro in the Confluent wire format: a zero byte, the schema's id in four bytes, the value."""

    def __init__(self, registry):
        self.registry = registry
        self.readers = {}

    def __call__(self, value):
        magic, schema_id = struct.unpack(">bI", value[:5])
        if magic != 0:
            raise ValueError(f"the value begins with {magic}; expected 0, as Avro of a registry does")
        if schema_id not in self.readers:
            self.readers[schema_id] = avro.io.DatumReader(self._schema(schema_id))
        return self.readers[schema_id].read(avro.io.BinaryDecoder(io.BytesIO(value[5:])))

    def _schema(self, schema_id):
        with urllib.request.urlopen(f"{self.registry}/schemas/ids/{schema_id}", timeout=30) as answer:
            return avro.schema.parse(json.load(answer)["schema"])


def decode_json(value):
    """Decodes the JSON form. Its times are milliseconds since 1970; those of Avro come as times."""
    record = json.loads(value)
    for name in ("tick_time", "event_time"):
        if name in record:
            record[name] = EPOCH + datetime.timedelta(milliseconds=record[name])
    return record


def read_forecasts(options):
    """Yields the forecasts of the topic as dictionaries, in the order of each series."""
    decode = decode_json if options.format == "json" else RegistryDecoder(options.registry)
    consumer = confluent_kafka.Consumer(
        {
            "bootstrap.servers": options.bootstrap_servers,
            "group.id": options.group,
            "auto.offset.reset": "earliest",
            # What an exactly-once job has not committed stays unseen.
            "isolation.level": "read_committed",
        }
    )
    consumer.subscribe([options.topic])
    count = 0
    try:
        while options.count <= 0 or count < options.count:
            message = consumer.poll(1.0)
            if message is None:
                continue
            if message.error():
                if message.error().fatal() or not message.error().retriable():
                    raise confluent_kafka.KafkaException(message.error())
                continue
            forecast = decode(message.value())
            for name, header in message.headers() or []:
                if name == "issued-at":
                    forecast["issued_at"] = header.decode()
            count += 1
            yield forecast
    finally:
        consumer.close()
