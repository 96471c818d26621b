// DynamoDB-Toolbox: its tables, entities and the commands that they build.
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import {
  $add,
  BatchGetCommand,
  BatchGetRequest,
  BatchPutRequest,
  BatchWriteCommand,
  ConditionCheck,
  DeleteItemCommand,
  Entity,
  GetItemCommand,
  PutItemCommand,
  PutTransaction,
  QueryCommand,
  ScanCommand,
  Table,
  UpdateItemCommand,
  executeBatchGet,
  executeBatchWrite,
  executeTransactWrite,
  item,
  list,
  number,
  set,
  string,
} from "dynamodb-toolbox";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startStator } from "../js/stator.mjs";
import { settings } from "./settings.mjs";

let stator;
let client;
let zoo;
let Animal;

before(async () => {
  stator = await startStator();
  client = new DynamoDBClient(settings(stator));
  zoo = new Table({
    name: "Zoo",
    documentClient: DynamoDBDocumentClient.from(client),
    partitionKey: { name: "pk", type: "string" },
    sortKey: { name: "sk", type: "number" },
    indexes: { byName: { type: "global", partitionKey: { name: "name", type: "string" } } },
  });
  Animal = new Entity({
    name: "Animal",
    table: zoo,
    schema: item({
      species: string().key().savedAs("pk"),
      number: number().key().savedAs("sk"),
      name: string(),
      weight: number().optional(),
      food: set(string()).optional(),
      visits: list(string()).optional(),
    }),
    timestamps: true,
  });
  await client.send(new CreateTableCommand(tableDefinition()));
});

after(async () => {
  client.destroy();
  await stator.stop();
});

function tableDefinition() {
  return {
    TableName: "Zoo",
    AttributeDefinitions: [
      { AttributeName: "pk", AttributeType: "S" },
      { AttributeName: "sk", AttributeType: "N" },
      { AttributeName: "name", AttributeType: "S" },
    ],
    KeySchema: [
      { AttributeName: "pk", KeyType: "HASH" },
      { AttributeName: "sk", KeyType: "RANGE" },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: "byName",
        KeySchema: [{ AttributeName: "name", KeyType: "HASH" }],
        Projection: { ProjectionType: "ALL" },
      },
    ],
    BillingMode: "PAY_PER_REQUEST",
  };
}

const put = (animal) => Animal.build(PutItemCommand).item(animal);
const get = async (key) => (await Animal.build(GetItemCommand).key(key).send()).Item;

test("an item is read as it was put, under its own names", async () => {
  await put({ species: "cat", number: 1, name: "Mia", food: new Set(["fish"]) }).send();
  const read = await get({ species: "cat", number: 1 });
  assert.equal(read.name, "Mia");
  assert.deepEqual(read.food, new Set(["fish"]));
  assert.ok(read.created);
});

test("a put keeps its condition", async () => {
  const once = () =>
    put({ species: "dog", number: 1, name: "Rex" }).options({
      condition: { attr: "species", exists: false },
    });
  await once().send();
  await assert.rejects(once().send(), { name: "ConditionalCheckFailedException" });
});

test("an update adds and appends in place", async () => {
  await put({ species: "bear", number: 1, name: "Bo", weight: 100, visits: ["mon"] }).send();
  const { Attributes } = await Animal.build(UpdateItemCommand)
    .item({ species: "bear", number: 1, weight: $add(20) })
    .options({ returnValues: "ALL_NEW" })
    .send();
  assert.equal(Attributes.weight, 120);
  assert.deepEqual(Attributes.visits, ["mon"]);
});

test("a query has a range, a filter and pages", async () => {
  for (const n of [1, 2, 3, 4]) await put({ species: "owl", number: n, name: `owl ${n}` }).send();
  const query = () =>
    zoo.build(QueryCommand).entities(Animal).query({ partition: "owl", range: { gte: 2 } });
  const first = await query().options({ limit: 2 }).send();
  assert.deepEqual(first.Items.map((each) => each.number), [2, 3]);
  const { Items } = await query().options({ exclusiveStartKey: first.LastEvaluatedKey }).send();
  assert.deepEqual(Items.map((each) => each.number), [4]);
  const filters = { Animal: { attr: "name", eq: "owl 3" } };
  const filtered = await query().options({ filters }).send();
  assert.deepEqual(filtered.Items.map((each) => each.number), [3]);
});

test("an index finds by another key", async () => {
  await put({ species: "ape", number: 7, name: "unique" }).send();
  const { Items } = await zoo
    .build(QueryCommand)
    .entities(Animal)
    .query({ index: "byName", partition: "unique" })
    .send();
  assert.deepEqual(Items.map((each) => [each.species, each.number]), [["ape", 7]]);
});

test("batches write and read", async () => {
  const puts = [1, 2, 3].map((n) =>
    Animal.build(BatchPutRequest).item({ species: "ant", number: n, name: "ant" }),
  );
  await executeBatchWrite(zoo.build(BatchWriteCommand).requests(...puts));
  const gets = [1, 2, 3].map((n) => Animal.build(BatchGetRequest).key({ species: "ant", number: n }));
  const { Responses } = await executeBatchGet(zoo.build(BatchGetCommand).requests(...gets));
  assert.equal(Responses[0].length, 3);
});

test("a transaction whose check fails writes nothing", async () => {
  const write = Animal.build(PutTransaction).item({ species: "eel", number: 1, name: "Al" });
  const check = Animal.build(ConditionCheck)
    .key({ species: "none", number: 1 })
    .condition({ attr: "species", exists: true });
  await assert.rejects(executeTransactWrite(write, check), {
    name: "TransactionCanceledException",
  });
  assert.equal(await get({ species: "eel", number: 1 }), undefined);
  await executeTransactWrite(write);
  assert.equal((await get({ species: "eel", number: 1 })).name, "Al");
});

test("a scan has what was not deleted", async () => {
  await put({ species: "fly", number: 1, name: "a" }).send();
  await put({ species: "fly", number: 2, name: "b" }).send();
  await Animal.build(DeleteItemCommand).key({ species: "fly", number: 1 }).send();
  const filters = { Animal: { attr: "species", eq: "fly" } };
  const { Items } = await zoo.build(ScanCommand).entities(Animal).options({ filters }).send();
  assert.deepEqual(Items.map((each) => each.number), [2]);
});
