// Prints the forecasts of a topic, one JSON object a line:
//
//   node read-forecasts.js --bootstrap-servers localhost:9092 \
//       --registry http://localhost:8080/apis/ccompat/v7 --topic forecasts [--count 10]
//
// With --count it ends after so many, otherwise at Ctrl-C.
'use strict';

const { parseArgs } = require('node:util');
const { Kafka, logLevel } = require('kafkajs');
const { SchemaRegistry } = require('@kafkajs/confluent-schema-registry');

function options() {
  const { values } = parseArgs({
    options: {
      'bootstrap-servers': { type: 'string', default: 'localhost:9092' },
      registry: { type: 'string', default: 'http://localhost:8080/apis/ccompat/v7' },
      topic: { type: 'string', default: 'forecasts' },
      group: { type: 'string', default: 'forecast-reader' },
      count: { type: 'string', default: 'Infinity' },
    },
  });
  return values;
}

/** Hands each record of the topic to the listener until it returns false. */
async function readForecasts({ brokers, registryUrl, topic, group }, listener) {
  const registry = new SchemaRegistry({ host: registryUrl });
  // The client logs what it then tries again; what it gives up on is reported below.
  const kafka = new Kafka({ clientId: group, brokers, logLevel: logLevel.NOTHING });
  // Reads committed records only: what an exactly-once job has not committed stays unseen.
  const consumer = kafka.consumer({ groupId: group, readUncommitted: false });
  await consumer.connect();
  await consumer.subscribe({ topics: [topic], fromBeginning: true });
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
              const forecast = await registry.decode(message.value);
              if (!listener({ ...forecast, issued_at: message.headers?.['issued-at']?.toString() })) {
                resolve();
              }
            } catch (undecodable) {
              reject(undecodable);
            }
          },
        })
        .catch(reject);
    });
  } finally {
    await consumer.disconnect();
  }
}

async function main() {
  const { registry, topic, group, count, 'bootstrap-servers': servers } = options();
  let left = Number(count);
  if (!(left > 0)) {
    throw new Error(`--count is ${count}; expected a number above 0`);
  }
  const source = { brokers: servers.split(','), registryUrl: registry, topic, group };
  await readForecasts(source, (forecast) => {
    if (left > 0) {
      console.log(JSON.stringify(forecast));
      left -= 1;
    }
    return left > 0;
  });
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
