// A stator of one's own: started on a port that the system picks, in memory, ended after the tests.
import {
  CreateTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import { spawn } from "node:child_process";
import { on, once } from "node:events";
import { createInterface } from "node:readline";

const kStartMilliseconds = 10_000;

// How the SDK's waiters wait, in seconds.
export const kPatience = { minDelay: 1, maxWaitTime: 20 };

// Starts the server, with more options, and waits for its ready line.
export const startStator = (...options) => startWith("serve", "--port", "0", ...options);

// The same with the flags of DynamoDB Local.
export const startDdblocal = (...flags) => startWith("-port", "0", ...flags);

async function startWith(...words) {
  const binary = process.env.STATOR_BINARY;
  if (!binary) throw new Error("STATOR_BINARY names no server");
  const server = spawn(binary, words, { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(server, "exit");
  const port = await Promise.race([
    readyPort(server.stdout),
    exited.then(([code]) => {
      throw new Error(`the server ended with status ${code}`);
    }),
  ]);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    // Ends it as an operator does; a server that does not end cleanly is an error.
    async stop() {
      server.kill("SIGTERM");
      const [code, signal] = await exited;
      if (code !== 0) throw new Error(`the server ended with status ${code}, signal ${signal}`);
    },
  };
}

// That of the line that says it is ready; flags have a banner before it.
async function readyPort(stdout) {
  const signal = AbortSignal.timeout(kStartMilliseconds);
  for await (const [line] of on(createInterface({ input: stdout }), "line", { signal })) {
    const ready = /ready on http:\/\/[\d.]+:(\d+)/.exec(line);
    if (ready) return ready[1];
  }
}

// A client as an application has it, but for the endpoint, and for retries, which hide failures.
export function connect(stator, settings = { maxAttempts: 1 }) {
  return new DynamoDBClient({
    endpoint: stator.endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    ...settings,
  });
}

// Creates an on-demand table and waits for it.
//   keys  a list of [name, type], the hash key first
export async function createTable(client, name, keys) {
  await client.send(
    new CreateTableCommand({
      TableName: name,
      AttributeDefinitions: keys.map(([AttributeName, AttributeType]) => ({
        AttributeName,
        AttributeType,
      })),
      KeySchema: keys.map(([AttributeName], i) => ({
        AttributeName,
        KeyType: i === 0 ? "HASH" : "RANGE",
      })),
      BillingMode: "PAY_PER_REQUEST",
    }),
  );
  await waitUntilTableExists({ client, ...kPatience }, { TableName: name });
  return name;
}
