import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
  UpdateTableCommand,
  paginateQuery,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { connect, kPatience, startStator } from "./stator.mjs";

let stator;
let client;

before(async () => {
  stator = await startStator();
  client = connect(stator);
});

after(async () => {
  client.destroy();
  await stator.stop();
});

const definitions = (attributes) =>
  Object.entries(attributes).map(([AttributeName, AttributeType]) => ({
    AttributeName,
    AttributeType,
  }));

const key = (hash, range) =>
  [{ AttributeName: hash, KeyType: "HASH" }].concat(
    range ? [{ AttributeName: range, KeyType: "RANGE" }] : [],
  );

// Orders with a local index on their date and a global one on their customer.
async function createOrders(TableName) {
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: definitions({ shop: "S", id: "N", date: "S", customer: "S" }),
      KeySchema: key("shop", "id"),
      LocalSecondaryIndexes: [
        {
          IndexName: "by-date",
          KeySchema: key("shop", "date"),
          Projection: { ProjectionType: "KEYS_ONLY" },
        },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: "by-customer",
          KeySchema: key("customer", "date"),
          Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: ["total"] },
        },
      ],
    }),
  );
  await waitUntilTableExists({ client, ...kPatience }, { TableName });
  return TableName;
}

const order = (shop, id, attributes) => ({
  shop: { S: shop },
  id: { N: String(id) },
  total: { N: String(id * 10) },
  note: { S: "n" },
  ...attributes,
});

async function queryIndex(TableName, IndexName, name, value, more = {}) {
  const { Items } = await client.send(
    new QueryCommand({
      TableName,
      IndexName,
      KeyConditionExpression: "#key = :value",
      ExpressionAttributeNames: { "#key": name },
      ExpressionAttributeValues: { ":value": { S: value } },
      ...more,
    }),
  );
  return Items;
}

const idsOf = (items) => items.map((item) => Number(item.id.N));

// The index as DescribeTable shows it, once it is ACTIVE.
async function activeIndex(TableName, name) {
  for (let tries = 0; tries < 1000; ++tries) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    const index = Table.GlobalSecondaryIndexes?.find(({ IndexName }) => IndexName === name);
    if (index?.IndexStatus === "ACTIVE" && Table.TableStatus === "ACTIVE") return index;
  }
  throw new Error(`${name} is not ACTIVE after 1000 looks`);
}

test("items are found by local and global indexes, in order, with what is projected", async () => {
  const TableName = await createOrders("orders");
  await client.send(
    new BatchWriteItemCommand({
      RequestItems: {
        [TableName]: [
          order("a", 1, { date: { S: "2026-03-01" }, customer: { S: "eve" } }),
          order("a", 2, { date: { S: "2026-01-01" }, customer: { S: "eve" } }),
          order("b", 3, { date: { S: "2026-02-01" }, customer: { S: "eve" } }),
          order("a", 4, { date: { S: "2026-02-01" }, customer: { S: "bob" } }),
          order("a", 5),
        ].map((Item) => ({ PutRequest: { Item } })),
      },
    }),
  );
  const ofEve = await queryIndex(TableName, "by-customer", "customer", "eve");
  assert.deepEqual(idsOf(ofEve), [2, 3, 1]);
  assert.deepEqual(Object.keys(ofEve[0]).sort(), ["customer", "date", "id", "shop", "total"]);
  const newest = await queryIndex(TableName, "by-date", "shop", "a", {
    ScanIndexForward: false,
    ConsistentRead: true,
  });
  assert.deepEqual(idsOf(newest), [1, 4, 2]);
  const whole = await queryIndex(TableName, "by-date", "shop", "a", { Select: "ALL_ATTRIBUTES" });
  assert.deepEqual(whole[0].note, { S: "n" });

  const { Items, ConsumedCapacity } = await client.send(
    new ScanCommand({ TableName, IndexName: "by-customer", ReturnConsumedCapacity: "INDEXES" }),
  );
  assert.equal(Items.length, 4, "an item without the keys of an index is not in it");
  assert.equal(ConsumedCapacity.Table.CapacityUnits, 0);
  assert.equal(ConsumedCapacity.GlobalSecondaryIndexes["by-customer"].CapacityUnits, 2);
});

test("an index follows its items", async () => {
  const TableName = await createOrders("moving");
  const Key = { shop: { S: "a" }, id: { N: "1" } };
  const Item = order("a", 1, { date: { S: "d" }, customer: { S: "eve" } });
  await client.send(new PutItemCommand({ TableName, Item }));
  const update = await client.send(
    new UpdateItemCommand({
      TableName,
      Key,
      UpdateExpression: "SET customer = :c",
      ExpressionAttributeValues: { ":c": { S: "bob" } },
      ReturnConsumedCapacity: "INDEXES",
      ReturnItemCollectionMetrics: "SIZE",
    }),
  );
  assert.equal(update.ConsumedCapacity.GlobalSecondaryIndexes["by-customer"].CapacityUnits, 2);
  assert.equal(update.ConsumedCapacity.LocalSecondaryIndexes, undefined);
  assert.deepEqual(update.ItemCollectionMetrics.SizeEstimateRangeGB, [0, 1]);
  assert.deepEqual(await queryIndex(TableName, "by-customer", "customer", "eve"), []);
  assert.equal((await queryIndex(TableName, "by-customer", "customer", "bob")).length, 1);
  await client.send(new DeleteItemCommand({ TableName, Key }));
  assert.deepEqual(await queryIndex(TableName, "by-customer", "customer", "bob"), []);
  assert.deepEqual(await queryIndex(TableName, "by-date", "shop", "a"), []);
});

test("pages of an index end where the next begins", async () => {
  const TableName = await createOrders("paged");
  for (let id = 0; id < 25; ++id) {
    const Item = order("a", id, { date: { S: `d${id % 3}` }, customer: { S: "eve" } });
    await client.send(new PutItemCommand({ TableName, Item }));
  }
  const request = {
    TableName,
    IndexName: "by-customer",
    KeyConditionExpression: "customer = :c",
    ExpressionAttributeValues: { ":c": { S: "eve" } },
  };
  const seen = [];
  for await (const page of paginateQuery({ client, pageSize: 4 }, request)) {
    assert.ok(page.Items.length <= 4);
    if (page.LastEvaluatedKey) {
      assert.deepEqual(Object.keys(page.LastEvaluatedKey).sort(), ["customer", "date", "id", "shop"]);
    }
    seen.push(...page.Items);
  }
  assert.equal(new Set(idsOf(seen)).size, 25);
  const dates = seen.map((item) => item.date.S);
  assert.deepEqual(dates, [...dates].sort());
});

test("a global index is added to a table with items, used and deleted", async () => {
  const TableName = await createOrders("living");
  for (let id = 0; id < 40; ++id) {
    const Item = order("a", id, { status: { S: id % 2 ? "open" : "done" } });
    await client.send(new PutItemCommand({ TableName, Item }));
  }
  const Create = {
    IndexName: "by-status",
    KeySchema: key("status"),
    Projection: { ProjectionType: "ALL" },
  };
  const added = await client.send(
    new UpdateTableCommand({
      TableName,
      AttributeDefinitions: definitions({ status: "S" }),
      GlobalSecondaryIndexUpdates: [{ Create }],
    }),
  );
  const creating = added.TableDescription.GlobalSecondaryIndexes.at(-1);
  assert.equal(added.TableDescription.TableStatus, "UPDATING");
  assert.equal(creating.IndexStatus, "CREATING");
  assert.equal(creating.Backfilling, false);

  const index = await activeIndex(TableName, "by-status");
  assert.equal(index.ItemCount, 40);
  assert.equal(
    index.IndexArn,
    `arn:aws:dynamodb:us-east-1:000000000000:table/${TableName}/index/by-status`,
  );
  const open = await queryIndex(TableName, "by-status", "status", "open");
  assert.equal(open.length, 20);

  const again = new UpdateTableCommand({
    TableName,
    AttributeDefinitions: definitions({ status: "S" }),
    GlobalSecondaryIndexUpdates: [{ Create }],
  });
  await assert.rejects(client.send(again), {
    name: "ValidationException",
    message: /Attempting to create an index which already exists/,
  });

  const deleted = await client.send(
    new UpdateTableCommand({
      TableName,
      GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: "by-status" } }],
    }),
  );
  assert.equal(
    deleted.TableDescription.GlobalSecondaryIndexes.at(-1).IndexStatus,
    "DELETING",
  );
  await assert.rejects(queryIndex(TableName, "by-status", "status", "open"), {
    name: "ValidationException",
    message: "The table does not have the specified index: by-status",
  });
});

test("what an index cannot hold is refused, and changes nothing", async () => {
  const TableName = await createOrders("refusing");
  const Item = order("a", 1, { date: { N: "1" } });
  await assert.rejects(client.send(new PutItemCommand({ TableName, Item })), {
    name: "ValidationException",
    message:
      "One or more parameter values were invalid: Type mismatch for Index Key date Expected: S " +
      "Actual: N IndexName: by-customer",
  });
  const { Count } = await client.send(new ScanCommand({ TableName }));
  assert.equal(Count, 0);
  await assert.rejects(
    queryIndex(TableName, "by-customer", "customer", "eve", { ConsistentRead: true }),
    { message: "Consistent reads are not supported on global secondary indexes" },
  );
});
