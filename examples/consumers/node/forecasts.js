// Reads a topic of forecasts with the ordinary Kafka and schema registry clients of Node.
'use strict';

const { parseArgs } = require('node:util');
const { Kafka, logLevel } = require('kafkajs');
const { SchemaRegistry } = require('@kafkajs/confluent-schema-registry');

/** The options that say where forecasts are, with their defaults; numbers may be added. */
function options(more = {}) {
  const { values } = parseArgs({
    options: {
      'bootstrap-servers': { type: 'string', default: 'localhost:9092' },
      registry: { type: 'string', default: 'http://localhost:8080/apis/ccompat/v7' },
      topic: { type: 'string', default: 'forecasts' },
      group: { type: 'string', default: 'forecast-reader' },
      format: { type: 'string', default: 'avro' },
      count: { type: 'string', default: 'Infinity' },
      ...more,
    },
  });
  if (!(Number(values.count) > 0)) {
    throw new Error(`--count is ${values.count}; expected a number above 0`);
  }
  for (const name of Object.keys(more)) {
    if (!Number.isFinite(Number(values[name]))) {
      throw new Error(`--${name} is ${values[name]}; expected a number`);
    }
  }
  if (!['avro', 'json'].includes(values.format)) {
    throw new Error(`--format is ${values.format}; expected avro or json, as the job's sink.format`);
  }
  return values;
}

/** The function that turns the value of a record into a forecast. */
function decoder({ format, registry: host }) {
  if (format === 'json') {
    return (value) => JSON.parse(value.toString());
  }
  const registry = new SchemaRegistry({ host });
  return (value) => registry.decode(value);
}

/** Hands each forecast to the listener, in the order of its series, until --count is reached. */
async function readForecasts(settings, listener) {
  const decode = decoder(settings);
  const kafka = new Kafka({
    clientId: settings.group,
    brokers: settings['bootstrap-servers'].split(','),
    // The client logs what it then tries again; what it gives up on is reported below.
    logLevel: logLevel.NOTHING,
  });
  // Reads committed records only: what an exactly-once job has not committed stays unseen.
  const consumer = kafka.consumer({ groupId: settings.group, readUncommitted: false });
  let left = Number(settings.count);
  await consumer.connect();
  await consumer.subscribe({ topics: [settings.topic], fromBeginning: true });
  try {
    await new Promise((resolve, reject) => {
      process.once('SIGINT', resolve);
      consumer.on(consumer.events.CRASH, ({ payload }) => {
        if (!payload.restart) {
          reject(payload.error);
        }
      });
      consumer
        .run({
          eachMessage: async ({ message }) => {
            try {
              const forecast = await decode(message.value);
              if (left > 0) {
                listener({ ...forecast, issued_at: message.headers?.['issued-at']?.toString() });
                left -= 1;
              }
              if (left <= 0) {
                resolve();
              }
            } catch (unusable) {
              reject(unusable);
            }
          },
        })
        .catch(reject);
    });
  } finally {
    await consumer.disconnect();
  }
}

module.exports = { options, readForecasts };
