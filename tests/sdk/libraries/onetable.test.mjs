// OneTable: one schema, one table, which it creates itself.
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { Table } from "dynamodb-onetable";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startStator } from "../js/stator.mjs";
import { settings } from "./settings.mjs";

const schema = {
  format: "onetable:1.1.0",
  version: "0.0.1",
  indexes: {
    primary: { hash: "pk", sort: "sk" },
    gs1: { hash: "gs1pk", sort: "gs1sk", project: "all" },
  },
  models: {
    Account: {
      pk: { type: String, value: "account:${id}" },
      sk: { type: String, value: "account:" },
      id: { type: String, generate: "ulid" },
      name: { type: String, required: true, unique: true },
    },
    User: {
      pk: { type: String, value: "account:${account}" },
      sk: { type: String, value: "user:${email}" },
      gs1pk: { type: String, value: "user:${email}" },
      gs1sk: { type: String, value: "user:" },
      account: { type: String, required: true },
      email: { type: String, required: true },
      visits: { type: Number, default: 0 },
      roles: { type: Set },
    },
  },
  params: { isoDates: true, timestamps: true },
};

let stator;
let client;
let table;
let Account;
let User;

before(async () => {
  stator = await startStator();
  client = new DynamoDBClient(settings(stator));
  table = new Table({ client, name: "One", schema, partial: true });
  await table.createTable();
  Account = table.getModel("Account");
  User = table.getModel("User");
});

after(async () => {
  client.destroy();
  await stator.stop();
});

test("the table is there with its index", async () => {
  assert.equal(await table.exists(), true);
  const { Table: described } = await table.describeTable();
  assert.deepEqual(described.GlobalSecondaryIndexes.map((each) => each.IndexName), ["gs1"]);
});

test("a unique attribute is held by one item", async () => {
  const first = await Account.create({ name: "Acme" });
  assert.match(first.id, /^[0-9A-Z]{26}$/);
  await assert.rejects(Account.create({ name: "Acme" }), /unique/);
  await Account.remove({ id: first.id });
  await Account.create({ name: "Acme" });
});

test("items of a partition are found by the prefix of their sort key", async () => {
  for (const name of ["ann", "bob"]) await User.create({ account: "a", email: `${name}@x.org` });
  const users = await User.find({ account: "a", sk: { begins_with: "user:b" } });
  assert.deepEqual(users.map((each) => each.email), ["bob@x.org"]);
  const byIndex = await User.get({ email: "ann@x.org" }, { index: "gs1", follow: true });
  assert.equal(byIndex.account, "a");
});

test("an update adds and keeps its condition", async () => {
  const key = { account: "b", email: "eve@x.org" };
  await User.create({ ...key, roles: new Set(["dev"]) });
  const updated = await User.update(key, { add: { visits: 2 }, where: "${visits} = {0}" });
  assert.equal(updated.visits, 2);
  await assert.rejects(User.update(key, { add: { visits: 2 }, where: "${visits} = {0}" }), {
    code: "ConditionalCheckFailedException",
  });
  assert.deepEqual((await User.get(key)).roles, new Set(["dev"]));
});

test("pages follow each other", async () => {
  for (const n of [1, 2, 3]) await User.create({ account: "pages", email: `${n}@x.org` });
  const first = await User.find({ account: "pages" }, { limit: 2 });
  assert.equal(first.length, 2);
  const rest = await User.find({ account: "pages" }, { limit: 2, next: first.next });
  assert.deepEqual(rest.map((each) => each.email), ["3@x.org"]);
});

test("a transaction takes all or nothing", async () => {
  const key = (email) => ({ account: "t", email });
  await User.create(key("there@x.org"));
  const transaction = {};
  await User.create(key("new@x.org"), { transaction });
  await User.create(key("there@x.org"), { transaction });
  await assert.rejects(table.transact("write", transaction));
  assert.equal(await User.get(key("new@x.org")), undefined);
});

test("batches write and read", async () => {
  const batch = {};
  for (const n of [1, 2]) await User.create({ account: "batch", email: `${n}@x.org` }, { batch });
  await table.batchWrite(batch);
  assert.equal((await User.find({ account: "batch" })).length, 2);
});
