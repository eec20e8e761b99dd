// Prints the forecasts of a topic, or the records of another output topic, one JSON object a line:
//
//   node read-forecasts.js --bootstrap-servers localhost:9092 \
//       --registry http://localhost:8080/apis/ccompat/v7 --topic forecasts [--format json] [--count 10]
//
// With --count it ends after so many, otherwise at Ctrl-C.
'use strict';

const { options, readForecasts } = require('./forecasts');

async function main() {
  await readForecasts(options(), (forecast) => console.log(JSON.stringify(forecast)));
}

main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
