// Dynamoose: models that create their tables, validate, query and commit together.
import dynamoose from "dynamoose";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startStator } from "../js/stator.mjs";
import { settings } from "./settings.mjs";

let stator;
let client;
let User;

before(async () => {
  stator = await startStator();
  client = new dynamoose.aws.ddb.DynamoDB(settings(stator));
  dynamoose.aws.ddb.set(client);
  User = dynamoose.model("User", userSchema());
  new dynamoose.Table("Users", [User], {
    create: true,
    update: true,
    waitForActive: true,
    expires: { ttl: 60_000, attribute: "until" },
    throughput: "ON_DEMAND",
  });
});

after(async () => {
  client.destroy();
  await stator.stop();
});

function userSchema() {
  return new dynamoose.Schema(
    {
      id: { type: String, hashKey: true },
      at: { type: Number, rangeKey: true },
      email: { type: String, index: { name: "byEmail", type: "global" } },
      tags: { type: Set, schema: [String] },
      address: { type: Object, schema: { city: String } },
    },
    { timestamps: true },
  );
}

test("a model makes its table, its index and its time to live", async () => {
  await User.create({ id: "made", at: 1 });
  const { Table } = await client.describeTable({ TableName: "Users" });
  assert.equal(Table.GlobalSecondaryIndexes[0].IndexName, "byEmail");
  assert.equal(Table.GlobalSecondaryIndexes[0].IndexStatus, "ACTIVE");
  const { TimeToLiveDescription } = await client.describeTimeToLive({ TableName: "Users" });
  assert.deepEqual(TimeToLiveDescription, { AttributeName: "until", TimeToLiveStatus: "ENABLED" });
});

test("a document is read as it was written", async () => {
  const written = { id: "ann", at: 1, tags: new Set(["a", "b"]), address: { city: "Ulm" } };
  await User.create(written);
  const read = await User.get({ id: "ann", at: 1 });
  assert.deepEqual(read.tags, written.tags);
  assert.deepEqual(read.address, written.address);
  assert.ok(read.createdAt);
});

test("create refuses a document that is there", async () => {
  await User.create({ id: "twice", at: 1 });
  await assert.rejects(User.create({ id: "twice", at: 1 }), {
    name: "ConditionalCheckFailedException",
  });
});

test("a query by index, sorted and cut into pages", async () => {
  for (const at of [1, 2, 3]) await User.create({ id: "bob", at, email: "bob@example.org" });
  const byEmail = await User.query("email").eq("bob@example.org").using("byEmail").exec();
  assert.equal(byEmail.length, 3);
  const first = await User.query("id").eq("bob").sort("descending").limit(2).exec();
  assert.deepEqual(first.map((user) => user.at), [3, 2]);
  const rest = await User.query("id")
    .eq("bob")
    .sort("descending")
    .startAt(first.lastKey)
    .exec();
  assert.deepEqual(rest.map((user) => user.at), [1]);
});

test("an update adds, removes and keeps its condition", async () => {
  await User.create({ id: "eve", at: 1, email: "old", address: { city: "Bonn" } });
  const condition = new dynamoose.Condition().where("email").eq("old");
  const key = { id: "eve", at: 1 };
  await User.update(key, { $SET: { email: "new" }, $REMOVE: ["address"] }, { condition });
  const read = await User.get(key);
  assert.equal(read.email, "new");
  assert.equal(read.address, undefined);
  await assert.rejects(User.update(key, { email: "newer" }, { condition }), {
    name: "ConditionalCheckFailedException",
  });
});

test("a transaction commits all of it or nothing", async () => {
  await User.create({ id: "there", at: 1 });
  const both = [User.transaction.create({ id: "not", at: 1 }), User.transaction.create({ id: "there", at: 1 })];
  await assert.rejects(dynamoose.transaction(both), { name: "TransactionCanceledException" });
  assert.equal(await User.get({ id: "not", at: 1 }), undefined);
  await dynamoose.transaction([
    User.transaction.create({ id: "now", at: 1 }),
    User.transaction.delete({ id: "there", at: 1 }),
  ]);
  assert.equal((await User.get({ id: "now", at: 1 })).id, "now");
  assert.equal(await User.get({ id: "there", at: 1 }), undefined);
});

test("batches put, get and delete", async () => {
  const keys = [1, 2, 3].map((at) => ({ id: "batch", at }));
  assert.deepEqual((await User.batchPut(keys)).unprocessedItems, []);
  assert.equal((await User.batchGet(keys)).length, 3);
  await User.batchDelete(keys.slice(1));
  assert.equal((await User.scan("id").eq("batch").count().exec()).count, 1);
});
