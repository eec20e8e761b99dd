// Prints an array of what is wrong with an AsyncAPI document, and with records that should fit it:
//
//   node validate.js ASYNCAPI_JSON_FILE RECORDS_JSON_FILE
//
// The records are an object: the name of a schema of the document, and an array of records.
'use strict';

const { readFileSync } = require('node:fs');
const Ajv = require('ajv');

const [document, records] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')));
const wrong = [];

function check(validate, value, what) {
  if (!validate(value)) {
    wrong.push(...validate.errors.map((error) => `${what}${error.instancePath} ${error.message}`));
  }
}

const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
check(ajv.compile(require('@asyncapi/specs/schemas/3.0.0-without-$id.json')), document, 'document');
for (const [name, schema] of Object.entries(document.components.schemas)) {
  const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);
  (records[name] ?? [undefined]).forEach((record, i) => check(validate, record, `${name} ${i}`));
}
console.log(JSON.stringify(wrong));
