// Vitest: test.globalSetup = ["stator/vitest"]. SDK clients in the tests need no endpoint: it is in
// the environment.
import { startForTests } from "./test-server.js";

// Vitest calls what this returns when all tests are done.
export default async function setup() {
  return startForTests({});
}
