// Vitest: test.globalSetup = ["stator/vitest"]. SDK clients in the tests need no endpoint: it is in
// the environment.
const { startForTests } = require("./test-server.js");

// Vitest calls what this returns when all tests are done.
module.exports = async function setup() {
  return startForTests({});
};
