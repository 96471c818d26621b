// What an application sees of a table that has no capacity left.
import {
  BatchWriteItemCommand,
  CreateTableCommand,
  PutItemCommand,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { connect, kPatience, startStator } from "./stator.mjs";

let stator;
let strict; // a client that tries once
let patient; // one as the SDK makes it, which tries again

before(async () => {
  stator = await startStator("--burst-at-start", "none");
  strict = connect(stator);
  patient = connect(stator, {});
});

after(async () => {
  strict.destroy();
  patient.destroy();
  await stator.stop();
});

async function createTable(TableName, WriteCapacityUnits) {
  await strict.send(
    new CreateTableCommand({
      TableName,
      AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
      ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits },
    }),
  );
  await waitUntilTableExists({ client: strict, ...kPatience }, { TableName });
}

// Ten units.
const put = (TableName) =>
  new PutItemCommand({ TableName, Item: { pk: { S: "a" }, d: { S: "x".repeat(10_000) } } });

test("the error names the limit and the table", async () => {
  await createTable("strict", 10);
  const fill = async () => {
    for (let i = 0; i < 1000; ++i) await strict.send(put("strict"));
  };
  await assert.rejects(fill(), (error) => {
    assert.equal(error.name, "ProvisionedThroughputExceededException");
    assert.match(error.message, /^The level of configured provisioned throughput for the table/);
    assert.deepEqual(error.ThrottlingReasons, [
      {
        reason: "TableWriteProvisionedThroughputExceeded",
        resource: "arn:aws:dynamodb:us-east-1:000000000000:table/strict",
      },
    ]);
    return true;
  });
});

test("the SDK tries again by itself and succeeds", async () => {
  await createTable("patient", 400);
  let attempts = 1;
  for (let i = 0; i < 1000 && attempts === 1; ++i) {
    const { $metadata } = await patient.send(put("patient"));
    attempts = $metadata.attempts;
  }
  assert.ok(attempts > 1);
});

test("a batch returns what was throttled, and it may be sent again until all is written", async () => {
  await createTable("batch", 20);
  const writes = Array.from({ length: 25 }, (_, i) => ({
    PutRequest: { Item: { pk: { S: `${i}` } } },
  }));
  let RequestItems = { batch: writes };
  const { UnprocessedItems } = await patient.send(new BatchWriteItemCommand({ RequestItems }));
  assert.equal(UnprocessedItems.batch.length, 5);
  RequestItems = UnprocessedItems;
  for (let i = 0; i < 100 && Object.keys(RequestItems).length > 0; ++i) {
    ({ UnprocessedItems: RequestItems } = await patient.send(
      new BatchWriteItemCommand({ RequestItems }),
    ));
  }
  assert.deepEqual(RequestItems, {});
});
