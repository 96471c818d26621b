// The package's API against the binary that STATOR_BINARY names.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { start } from "../lib/index.js";
import setupJest, { teardown } from "../lib/jest.js";
import setupVitest from "../lib/vitest.js";

const kSigned = {
  Authorization:
    "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, " +
    "SignedHeaders=host;x-amz-date, Signature=0",
  "X-Amz-Date": "20260101T000000Z",
  "Content-Type": "application/x-amz-json-1.0",
};

async function call(endpoint, operation, body) {
  const reply = await fetch(endpoint, {
    method: "POST",
    headers: { ...kSigned, "X-Amz-Target": `DynamoDB_20120810.${operation}` },
    body: JSON.stringify(body),
  });
  return reply.json();
}

const createTable = (endpoint) =>
  call(endpoint, "CreateTable", {
    TableName: "Orders",
    KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
    AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
    BillingMode: "PAY_PER_REQUEST",
  });

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test("a server answers until it is stopped", async () => {
  const db = await start();
  assert.match(db.endpoint, /^http:\/\/127\.0\.0\.1:\d+$/);
  assert.deepEqual(await call(db.endpoint, "ListTables", {}), { TableNames: [] });
  await db.stop();
  assert.equal(isAlive(db.pid), false);
  await db.stop();
});

test("a server takes no options from the environment", async () => {
  const directory = join(tmpdir(), `stator-not-asked-for-${process.pid}`);
  process.env.STATOR_DATA = directory;
  try {
    const db = await start();
    await db.stop();
  } finally {
    delete process.env.STATOR_DATA;
  }
  const isThere = existsSync(directory);
  await rm(directory, { recursive: true, force: true });
  assert.equal(isThere, false);
});

test("reset removes the tables", async () => {
  const db = await start();
  await createTable(db.endpoint);
  await db.reset();
  assert.deepEqual(await call(db.endpoint, "ListTables", {}), { TableNames: [] });
  await db.stop();
});

test("the clock is moved where it can be", async () => {
  const db = await start({ clock: "manual:2026-01-01T00:00:00Z" });
  assert.equal((await db.advance("1h")).now, "2026-01-01T01:00:00.000Z");
  await assert.rejects(db.advance("-1h"), /a clock is not moved back/);
  await db.stop();
});

test("a server that cannot start says why", async () => {
  await assert.rejects(start({ args: ["--capacity", "none"] }), /--capacity/);
  await assert.rejects(start({ prot: 1 }), /unknown option: prot/);
});

test("two servers share nothing", async () => {
  const [one, two] = await Promise.all([start(), start()]);
  await createTable(one.endpoint);
  assert.deepEqual(await call(two.endpoint, "ListTables", {}), { TableNames: [] });
  await Promise.all([one.stop(), two.stop()]);
});

// A process that starts a server and says its pid; it ends only when it is told or killed.
async function parentOf(script) {
  const library = new URL("../lib/index.js", import.meta.url).href;
  const parent = spawn(
    process.execPath,
    ["--input-type=module", "-e", `import { start } from "${library}";\n${script}`],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const [text] = await once(parent.stdout.setEncoding("utf8"), "data");
  return { parent, pid: Number(text) };
}

// Resolves when a process is gone: its end closes what it inherited, here the parent's stdout.
async function goneWithin(pid, milliseconds) {
  const end = Date.now() + milliseconds;
  while (isAlive(pid)) {
    if (Date.now() > end) return false;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return true;
}

test("a server does not outlive a parent that is killed", async () => {
  const { parent, pid } = await parentOf(
    "const db = await start(); console.log(db.pid); setInterval(() => {}, 1000);",
  );
  assert.ok(isAlive(pid));
  parent.kill("SIGKILL");
  assert.ok(await goneWithin(pid, 10_000));
});

test("a server does not keep its parent alive, and ends with it", async () => {
  const { parent, pid } = await parentOf("const db = await start(); console.log(db.pid);");
  const [code] = parent.exitCode === null ? await once(parent, "exit") : [parent.exitCode];
  assert.equal(code, 0);
  assert.ok(await goneWithin(pid, 10_000));
});

// The package's command, once its server is ready; its stdout ends when nobody has it open.
async function commandOf(stdin, ...words) {
  const cli = fileURLToPath(new URL("../lib/cli.js", import.meta.url));
  const command = spawn(process.execPath, [cli, ...words], { stdio: [stdin, "pipe", "ignore"] });
  const ended = once(command.stdout, "end", { signal: AbortSignal.timeout(10_000) });
  for await (const line of createInterface({ input: command.stdout })) {
    const ready = /ready on http:\/\/[^:]+:(\d+)/.exec(line);
    if (!ready) continue;
    command.stdout.resume();
    return { command, ended, endpoint: `http://127.0.0.1:${ready[1]}` };
  }
  throw new Error(`not ready: ${words.join(" ")}`);
}

for (const words of [["serve", "--port", "0"], ["-inMemory", "-port", "0"]]) {
  test(`the server of ${words[0]} does not outlive the package's command`, async () => {
    const { command, ended, endpoint } = await commandOf("ignore", ...words);
    assert.equal((await fetch(`${endpoint}/health`)).status, 200);
    command.kill("SIGKILL");
    await ended;
  });

  test(`the server of ${words[0]} ends when the package's command is asked to`, async () => {
    const { command, ended } = await commandOf("ignore", ...words);
    command.kill("SIGTERM");
    assert.deepEqual(await once(command, "exit"), [0, null]);
    await ended;
  });
}

test("the package's command ends with its input where that was asked for", async () => {
  const { command, ended } = await commandOf("pipe", "serve", "--port", "0", "--until-eof");
  command.stdin.end();
  assert.deepEqual(await once(command, "exit"), [0, null]);
  await ended;
});

test("helpers of test runners put the endpoint where SDKs look for it", async () => {
  const stop = await setupVitest();
  const endpoint = process.env.AWS_ENDPOINT_URL_DYNAMODB;
  assert.deepEqual(await call(endpoint, "ListTables", {}), { TableNames: [] });
  await stop();
  assert.equal(process.env.AWS_ENDPOINT_URL_DYNAMODB, undefined);

  await setupJest({}, { globals: { stator: { clock: "manual" } } });
  assert.ok(process.env.AWS_ENDPOINT_URL_DYNAMODB);
  await teardown();
  assert.equal(process.env.AWS_ENDPOINT_URL_DYNAMODB, undefined);
});

test("Jest's setup ends the server of the one before", async () => {
  const endpoints = [];
  for (let i = 0; i < 3; ++i) {
    await setupJest({}, {});
    endpoints.push(process.env.STATOR_ENDPOINT);
  }
  await teardown();
  assert.equal(new Set(endpoints).size, 3);
  for (const endpoint of endpoints) await assert.rejects(fetch(`${endpoint}/health`));
});
