// Jest: {"globalSetup": "stator/jest"}. SDK clients in the tests need no endpoint: it is in the
// environment.
import { startForTests } from "./test-server.js";

export default async function setup(_globalConfig, projectConfig) {
  const stop = await startForTests(projectConfig?.globals?.stator ?? {});
  // Jest calls no teardown of this module; the server ends with Jest's process in any case.
  globalThis.__STATOR_STOP__ = stop;
}

export async function teardown() {
  await globalThis.__STATOR_STOP__?.();
  delete globalThis.__STATOR_STOP__;
}
