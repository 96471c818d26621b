// @shelf/jest-dynamodb finds a server that runs and uses it, instead of fetching DynamoDB Local. It
// waits until GET / answers 400, as that one does.
import { DynamoDB } from "@aws-sdk/client-dynamodb";
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { startDdblocal, startStator } from "../js/stator.mjs";
import { settings } from "./settings.mjs";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

async function runJest(endpoint) {
  const jest = spawn(
    process.execPath,
    [here("node_modules/jest/bin/jest.js"), "--config", here("jest/jest.config.cjs"), "--no-cache"],
    {
      cwd: here("jest"),
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        PATH: "", // nothing else could be started
        HOME: process.env.HOME,
        JEST_DYNAMODB_CONFIG: here("jest/jest-dynamodb-config.cjs"),
        STATOR_PORT: new URL(endpoint).port,
      },
    },
  );
  let output = "";
  for (const stream of [jest.stdout, jest.stderr]) stream.on("data", (text) => (output += text));
  const [status] = await once(jest, "close");
  return { status, output };
}

async function run(start, ...options) {
  const stator = await start(...options);
  const client = new DynamoDB(settings(stator));
  try {
    await client.createTable({
      TableName: "before",
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      BillingMode: "PAY_PER_REQUEST",
    });
    const { status, output } = await runJest(stator.endpoint);
    assert.equal(status, 0, output);
    assert.match(output, /Tests: +2 passed, 2 total/);
    return (await client.listTables({})).TableNames;
  } finally {
    client.destroy();
    await stator.stop();
  }
}

test("Jest's tests run on a server that was there, and leave what is not theirs", async () => {
  assert.deepEqual(await run(startStator, "--health", "ddblocal"), ["before"]);
});

test("and on one that was started with the flags of DynamoDB Local", async () => {
  assert.deepEqual(await run(startDdblocal, "-inMemory", "-sharedDb"), ["before"]);
});
