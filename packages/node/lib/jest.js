// Jest: {"globalSetup": "stator/jest"}. SDK clients in the tests need no endpoint: it is in the
// environment.
const { startForTests } = require("./test-server.js");

async function teardown() {
  const stop = globalThis.__STATOR_STOP__;
  delete globalThis.__STATOR_STOP__;
  await stop?.();
}

async function setup(_globalConfig, projectConfig) {
  // Jest calls no teardown of this module, and in its watch mode the next setup without one; the last
  // server ends with Jest's process.
  await teardown();
  globalThis.__STATOR_STOP__ = await startForTests(projectConfig?.globals?.stator ?? {});
}

module.exports = setup;
module.exports.teardown = teardown;
