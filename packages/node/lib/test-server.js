// One server for a whole test run: where the SDKs of all workers look for it.
const { start } = require("./index.js");

const kVariables = ["AWS_ENDPOINT_URL_DYNAMODB", "AWS_ENDPOINT_URL_DYNAMODB_STREAMS"];
const kDefaults = {
  AWS_REGION: "us-east-1",
  AWS_ACCESS_KEY_ID: "local",
  AWS_SECRET_ACCESS_KEY: "local",
};

// Starts it and sets the environment; returns how to end it and to take that back.
async function startForTests(options) {
  const stator = await start(options);
  const before = { ...process.env };
  for (const name of [...kVariables, "STATOR_ENDPOINT"]) process.env[name] = stator.endpoint;
  for (const [name, value] of Object.entries(kDefaults)) process.env[name] ??= value;
  return async () => {
    for (const name of [...kVariables, "STATOR_ENDPOINT", ...Object.keys(kDefaults)]) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
    await stator.stop();
  };
}

module.exports = { startForTests };
