import { DescribeTableCommand, PutItemCommand, UpdateTableCommand } from "@aws-sdk/client-dynamodb";
import {
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  DeleteEventSourceMappingCommand,
  DeleteFunctionCommand,
  GetEventSourceMappingCommand,
  GetFunctionCommand,
  InvalidParameterValueException,
  InvokeCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  ListFunctionsCommand,
  ResourceConflictException,
  ResourceNotFoundException,
  UpdateEventSourceMappingCommand,
} from "@aws-sdk/client-lambda";
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { connect, createTable, startStator } from "./stator.mjs";

const kPatienceMilliseconds = 20_000;
const kLookMilliseconds = 20;

let stator;
let client;
let lambda;
let functions; // a server to which each function of a test has a path

// What each function has got, by its name, and what it answers.
const events = new Map();
const answers = new Map();

before(async () => {
  functions = createServer(async (request, response) => {
    const name = request.url.slice(1);
    const chunks = await request.toArray();
    events.get(name)?.push(JSON.parse(Buffer.concat(chunks).toString()));
    const { headers = {}, body = "{}" } = answers.get(name) ?? {};
    response.writeHead(200, headers).end(body);
  });
  functions.listen(0, "127.0.0.1");
  await once(functions, "listening");
  stator = await startStator();
  client = connect(stator);
  lambda = new LambdaClient({
    endpoint: stator.endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    maxAttempts: 1,
  });
});

after(async () => {
  lambda.destroy();
  client.destroy();
  await stator.stop();
  functions.close();
});

async function createFunction(FunctionName, answer) {
  events.set(FunctionName, []);
  answers.set(FunctionName, answer);
  return lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Role: "arn:aws:iam::000000000000:role/any",
      PackageType: "Image",
      Code: { ImageUri: `http://127.0.0.1:${functions.address().port}/${FunctionName}` },
    }),
  );
}

// Creates a table, enables its stream and returns the stream's ARN.
async function createStreamed(TableName) {
  await createTable(client, TableName, [["pk", "S"]]);
  const StreamSpecification = { StreamEnabled: true, StreamViewType: "NEW_IMAGE" };
  await client.send(new UpdateTableCommand({ TableName, StreamSpecification }));
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  return Table.LatestStreamArn;
}

const put = (TableName, pk) =>
  client.send(new PutItemCommand({ TableName, Item: { pk: { S: pk } } }));

async function until(what) {
  const end = Date.now() + kPatienceMilliseconds;
  for (;;) {
    const result = await what();
    if (result) return result;
    assert.ok(Date.now() < end, "it does not come");
    await pause(kLookMilliseconds);
  }
}

const stateBecomes = (UUID, state) =>
  until(async () => {
    const mapping = await lambda.send(new GetEventSourceMappingCommand({ UUID }));
    return mapping.State === state;
  });

test("a mapping hands a table's changes to its function", async () => {
  await createFunction("changes");
  const EventSourceArn = await createStreamed("orders");
  const mapping = await lambda.send(
    new CreateEventSourceMappingCommand({
      EventSourceArn,
      FunctionName: "changes",
      StartingPosition: "TRIM_HORIZON",
      BatchSize: 10,
      FilterCriteria: { Filters: [{ Pattern: JSON.stringify({ eventName: ["INSERT"] }) }] },
      FunctionResponseTypes: ["ReportBatchItemFailures"],
    }),
  );
  assert.equal(mapping.State, "Creating");
  assert.equal(mapping.BatchSize, 10);
  assert.equal(mapping.MaximumRetryAttempts, -1);
  assert.ok(mapping.LastModified instanceof Date);
  await put("orders", "a");
  const [event] = await until(() => events.get("changes").length > 0 && events.get("changes"));
  const [record] = event.Records;
  assert.equal(record.eventSource, "aws:dynamodb");
  assert.equal(record.eventSourceARN, EventSourceArn);
  assert.deepEqual(record.dynamodb.Keys, { pk: { S: "a" } });
  await until(async () => {
    const { LastProcessingResult } = await lambda.send(
      new GetEventSourceMappingCommand({ UUID: mapping.UUID }),
    );
    return LastProcessingResult === "OK";
  });
});

test("a mapping is listed, changed, disabled and deleted", async () => {
  await createFunction("life");
  const EventSourceArn = await createStreamed("life");
  const { UUID } = await lambda.send(
    new CreateEventSourceMappingCommand({
      EventSourceArn,
      FunctionName: "life",
      StartingPosition: "LATEST",
    }),
  );
  await stateBecomes(UUID, "Enabled");
  const { EventSourceMappings } = await lambda.send(
    new ListEventSourceMappingsCommand({ FunctionName: "life" }),
  );
  assert.deepEqual(
    EventSourceMappings.map((each) => each.UUID),
    [UUID],
  );
  const updated = await lambda.send(
    new UpdateEventSourceMappingCommand({ UUID, BatchSize: 7, Enabled: false }),
  );
  assert.equal(updated.BatchSize, 7);
  assert.equal(updated.State, "Disabling");
  await stateBecomes(UUID, "Disabled");
  await put("life", "meanwhile");
  await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true }));
  await until(() => events.get("life").length > 0);
  await stateBecomes(UUID, "Enabled");
  const deleted = await lambda.send(new DeleteEventSourceMappingCommand({ UUID }));
  assert.equal(deleted.State, "Deleting");
  await until(() =>
    lambda.send(new GetEventSourceMappingCommand({ UUID })).then(
      () => false,
      (error) => error instanceof ResourceNotFoundException,
    ),
  );
});

test("a second mapping of a function to a stream is refused", async () => {
  await createFunction("once");
  const input = {
    EventSourceArn: await createStreamed("once"),
    FunctionName: "once",
    StartingPosition: "LATEST",
  };
  await lambda.send(new CreateEventSourceMappingCommand(input));
  await assert.rejects(
    lambda.send(new CreateEventSourceMappingCommand(input)),
    ResourceConflictException,
  );
});

test("a mapping of what there is not is refused", async () => {
  await createFunction("lonely");
  const stream = "arn:aws:dynamodb:us-east-1:000000000000:table/none/stream/2026-01-01T00:00:00.000";
  const mapping = { FunctionName: "lonely", StartingPosition: "LATEST", EventSourceArn: stream };
  await assert.rejects(
    lambda.send(new CreateEventSourceMappingCommand(mapping)),
    InvalidParameterValueException,
  );
  const EventSourceArn = await createStreamed("unfiltered");
  const Filters = [{ Pattern: '{"eventName": [{"numeric": ["=", "a"]}]}' }];
  await assert.rejects(
    lambda.send(
      new CreateEventSourceMappingCommand({
        ...mapping,
        EventSourceArn,
        FilterCriteria: { Filters },
      }),
    ),
    InvalidParameterValueException,
  );
});

test("a function is created, described, listed, invoked and deleted", async () => {
  const created = await createFunction("echo", { body: '{"answer":1}' });
  assert.equal(created.FunctionArn, "arn:aws:lambda:us-east-1:000000000000:function:echo");
  assert.equal(created.State, "Active");
  await assert.rejects(createFunction("echo"), ResourceConflictException);
  answers.set("echo", { body: '{"answer":1}' });
  const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName: "echo" }));
  assert.equal(Configuration.FunctionName, "echo");
  const { Functions } = await lambda.send(new ListFunctionsCommand({}));
  assert.ok(Functions.some((each) => each.FunctionName === "echo"));

  const invoked = await lambda.send(
    new InvokeCommand({ FunctionName: "echo", Payload: JSON.stringify({ question: 2 }) }),
  );
  assert.equal(invoked.StatusCode, 200);
  assert.equal(invoked.FunctionError, undefined);
  assert.deepEqual(JSON.parse(invoked.Payload.transformToString()), { answer: 1 });
  assert.deepEqual(events.get("echo").at(-1), { question: 2 });
  const tried = await lambda.send(
    new InvokeCommand({ FunctionName: "echo", InvocationType: "DryRun" }),
  );
  assert.equal(tried.StatusCode, 204);
  const sent = await lambda.send(
    new InvokeCommand({ FunctionName: "echo", InvocationType: "Event", Payload: "[3]" }),
  );
  assert.equal(sent.StatusCode, 202);
  await until(() => JSON.stringify(events.get("echo").at(-1)) === "[3]");

  await lambda.send(new DeleteFunctionCommand({ FunctionName: "echo" }));
  await assert.rejects(
    lambda.send(new InvokeCommand({ FunctionName: "echo" })),
    ResourceNotFoundException,
  );
});

test("a function's error is in the answer to Invoke", async () => {
  const body = '{"errorType":"Told","errorMessage":"so"}';
  await createFunction("failing", { headers: { "X-Amz-Function-Error": "Unhandled" }, body });
  const invoked = await lambda.send(new InvokeCommand({ FunctionName: "failing" }));
  assert.equal(invoked.FunctionError, "Unhandled");
  assert.equal(invoked.Payload.transformToString(), body);
});
