import {
  DeleteItemCommand,
  DescribeTableCommand,
  PutItemCommand,
  UpdateTableCommand,
} from "@aws-sdk/client-dynamodb";
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
  ResourceNotFoundException,
  TrimmedDataAccessException,
} from "@aws-sdk/client-dynamodb-streams";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { connect, createTable, startStator } from "./stator.mjs";

let stator;
let client;
let streams;

before(async () => {
  stator = await startStator();
  client = connect(stator);
  streams = new DynamoDBStreamsClient({
    endpoint: stator.endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    maxAttempts: 1,
  });
});

after(async () => {
  streams.destroy();
  client.destroy();
  await stator.stop();
});

const both = { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" };

// Creates a table, enables its stream and returns the stream's ARN.
async function createStreamed(TableName) {
  await createTable(client, TableName, [["pk", "S"]]);
  await client.send(new UpdateTableCommand({ TableName, StreamSpecification: both }));
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  return Table.LatestStreamArn;
}

async function describe(StreamArn) {
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
  return StreamDescription;
}

async function iteratorOf(StreamArn, ShardId, ShardIteratorType, SequenceNumber) {
  const input = { StreamArn, ShardId, ShardIteratorType, SequenceNumber };
  return (await streams.send(new GetShardIteratorCommand(input))).ShardIterator;
}

// The records of all shards, page by page until a page is empty or the last.
async function readAll(StreamArn, Limit = undefined) {
  const records = [];
  for (const shard of (await describe(StreamArn)).Shards) {
    let ShardIterator = await iteratorOf(StreamArn, shard.ShardId, "TRIM_HORIZON");
    while (ShardIterator) {
      const page = await streams.send(new GetRecordsCommand({ ShardIterator, Limit }));
      records.push(...page.Records);
      ShardIterator = page.Records.length > 0 ? page.NextShardIterator : undefined;
    }
  }
  return records;
}

test("a stream is enabled, listed, described and disabled", async () => {
  const arn = await createStreamed("life");
  const listed = await streams.send(new ListStreamsCommand({ TableName: "life" }));
  assert.deepEqual(listed.Streams, [
    { StreamArn: arn, TableName: "life", StreamLabel: arn.split("/stream/")[1] },
  ]);
  const description = await describe(arn);
  assert.equal(description.StreamStatus, "ENABLED");
  assert.equal(description.Shards.length, 4);
  assert.ok(description.CreationRequestDateTime instanceof Date);
  await client.send(
    new UpdateTableCommand({ TableName: "life", StreamSpecification: { StreamEnabled: false } }),
  );
  const disabled = await describe(arn);
  assert.equal(disabled.StreamStatus, "DISABLED");
  for (const shard of disabled.Shards) {
    assert.match(shard.SequenceNumberRange.EndingSequenceNumber, /^\d{21,40}$/);
  }
});

test("the changes of an item are read in their order, with values of every type", async () => {
  const arn = await createStreamed("changes");
  const first = {
    pk: { S: "a" },
    n: { N: "1.5" },
    b: { B: new Uint8Array([1, 2]) },
    s: { SS: ["x", "y"] },
    l: { L: [{ BOOL: true }, { NULL: true }] },
    m: { M: { deep: { S: "é" } } },
  };
  const second = { pk: { S: "a" }, n: { N: "2" } };
  for (const Item of [first, second, second]) {
    await client.send(new PutItemCommand({ TableName: "changes", Item }));
  }
  await client.send(new DeleteItemCommand({ TableName: "changes", Key: { pk: { S: "a" } } }));
  const records = await readAll(arn, 1);
  assert.deepEqual(
    records.map((record) => record.eventName),
    ["INSERT", "MODIFY", "REMOVE"],
  );
  assert.deepEqual(records[0].dynamodb.NewImage, first);
  assert.deepEqual(records[1].dynamodb.OldImage, first);
  assert.deepEqual(records[1].dynamodb.NewImage, second);
  assert.deepEqual(records[2].dynamodb.OldImage, second);
  assert.equal(records[2].dynamodb.NewImage, undefined);
  assert.ok(records[0].dynamodb.ApproximateCreationDateTime instanceof Date);
  const numbers = records.map((record) => BigInt(record.dynamodb.SequenceNumber));
  assert.ok(numbers[0] < numbers[1] && numbers[1] < numbers[2]);
});

test("an iterator goes on behind a sequence number", async () => {
  const arn = await createStreamed("behind");
  for (const n of ["1", "2", "3"]) {
    const Item = { pk: { S: "a" }, n: { N: n } };
    await client.send(new PutItemCommand({ TableName: "behind", Item }));
  }
  const [, second] = await readAll(arn);
  let found = 0;
  for (const { ShardId } of (await describe(arn)).Shards) {
    const number = second.dynamodb.SequenceNumber;
    const ShardIterator = await iteratorOf(arn, ShardId, "AFTER_SEQUENCE_NUMBER", number);
    const { Records } = await streams.send(new GetRecordsCommand({ ShardIterator }));
    found += Records.length;
    if (Records.length > 0) assert.equal(Records[0].dynamodb.NewImage.n.N, "3");
  }
  assert.equal(found, 1);
});

test("failures are exceptions of the Streams API", async () => {
  const arn = await createStreamed("failures");
  await assert.rejects(
    describe(arn.replace("failures", "nothing")),
    (error) => error instanceof ResourceNotFoundException,
  );
  await assert.rejects(
    iteratorOf(arn, "shardId-00000000000000000000-00000000", "LATEST"),
    (error) => error instanceof ResourceNotFoundException && /Shard does not exist/.test(error.message),
  );
  await assert.rejects(
    streams.send(new GetRecordsCommand({ ShardIterator: "nonsense" })),
    (error) => error.name === "ValidationException" && !(error instanceof TrimmedDataAccessException),
  );
});
