// ElectroDB: several entities of one table, their collections and their transactions.
import { DynamoDBClient, CreateTableCommand } from "@aws-sdk/client-dynamodb";
import { Entity, Service } from "electrodb";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startStator } from "../js/stator.mjs";
import { settings } from "./settings.mjs";

const table = "tasks";

let stator;
let client;
let service;

before(async () => {
  stator = await startStator();
  client = new DynamoDBClient(settings(stator));
  await client.send(new CreateTableCommand(tableDefinition()));
  service = new Service({ employee: employee(), task: task() }, { client, table });
});

after(async () => {
  client.destroy();
  await stator.stop();
});

function tableDefinition() {
  const keys = (hash, range) => [
    { AttributeName: hash, KeyType: "HASH" },
    { AttributeName: range, KeyType: "RANGE" },
  ];
  return {
    TableName: table,
    AttributeDefinitions: ["pk", "sk", "gsi1pk", "gsi1sk"].map((AttributeName) => ({
      AttributeName,
      AttributeType: "S",
    })),
    KeySchema: keys("pk", "sk"),
    GlobalSecondaryIndexes: [
      {
        IndexName: "gsi1",
        KeySchema: keys("gsi1pk", "gsi1sk"),
        Projection: { ProjectionType: "ALL" },
      },
    ],
    BillingMode: "PAY_PER_REQUEST",
  };
}

const offices = () => ({
  index: "gsi1",
  collection: "office",
  pk: { field: "gsi1pk", composite: ["office"] },
});

function employee() {
  return new Entity({
    model: { entity: "employee", version: "1", service: "tasks" },
    attributes: {
      employeeId: { type: "string", required: true },
      office: { type: "string", required: true },
      salary: { type: "number", default: 1 },
      skills: { type: "set", items: "string" },
    },
    indexes: {
      byId: { pk: { field: "pk", composite: ["employeeId"] }, sk: { field: "sk", composite: [] } },
      byOffice: { ...offices(), sk: { field: "gsi1sk", composite: ["employeeId"] } },
    },
  });
}

function task() {
  return new Entity({
    model: { entity: "task", version: "1", service: "tasks" },
    attributes: {
      taskId: { type: "string", required: true },
      office: { type: "string", required: true },
      points: { type: "number" },
    },
    indexes: {
      byId: { pk: { field: "pk", composite: ["taskId"] }, sk: { field: "sk", composite: [] } },
      byOffice: { ...offices(), sk: { field: "gsi1sk", composite: ["taskId"] } },
    },
  });
}

const employees = () => service.entities.employee;
const tasks = () => service.entities.task;

test("an entity is created once and read back", async () => {
  const ann = { employeeId: "ann", office: "ulm", skills: ["c", "rust"] };
  const { data } = await employees().create(ann).go();
  assert.equal(data.salary, 1);
  assert.deepEqual((await employees().get({ employeeId: "ann" }).go()).data, { ...ann, salary: 1 });
  await assert.rejects(employees().create(ann).go(), /conditional request failed/);
});

test("a patch adds to numbers and sets, and fails where there is nothing", async () => {
  await employees().create({ employeeId: "bob", office: "ulm", skills: ["go"] }).go();
  const { data } = await employees()
    .patch({ employeeId: "bob" })
    .add({ salary: 5, skills: ["zig"] })
    .go({ response: "all_new" });
  assert.equal(data.salary, 6);
  assert.deepEqual([...data.skills].sort(), ["go", "zig"]);
  await assert.rejects(employees().patch({ employeeId: "nobody" }).set({ salary: 1 }).go());
});

test("a collection has the entities of an index's partition", async () => {
  await employees().create({ employeeId: "eve", office: "bonn" }).go();
  await tasks().put([1, 2].map((n) => ({ taskId: `t${n}`, office: "bonn", points: n }))).go();
  const { data } = await service.collections.office({ office: "bonn" }).go();
  assert.deepEqual(data.employee.map((each) => each.employeeId), ["eve"]);
  assert.deepEqual(data.task.map((each) => each.taskId).sort(), ["t1", "t2"]);
});

test("a query filters, and goes on from a cursor", async () => {
  await tasks().put([1, 2, 3, 4].map((n) => ({ taskId: `p${n}`, office: "kiel", points: n }))).go();
  const query = () => tasks().query.byOffice({ office: "kiel" });
  const first = await query().go({ limit: 3 });
  assert.deepEqual(first.data.map((each) => each.points), [1, 2, 3]);
  const rest = await query().go({ cursor: first.cursor });
  assert.deepEqual(rest.data.map((each) => each.points), [4]);
  const filtered = await query().where(({ points }, { gte }) => gte(points, 3)).go();
  assert.deepEqual(filtered.data.map((each) => each.points), [3, 4]);
});

test("a transaction says why it was cancelled", async () => {
  await tasks().create({ taskId: "taken", office: "jena" }).go();
  const write = (taskId) =>
    service.transaction
      .write(({ employee, task }) => [
        employee.upsert({ employeeId: "tom", office: "jena" }).commit(),
        task.create({ taskId, office: "jena" }).commit(),
      ])
      .go();
  const refused = await write("taken");
  assert.equal(refused.canceled, true);
  assert.equal(refused.data[1].code, "ConditionalCheckFailed");
  assert.equal((await employees().get({ employeeId: "tom" }).go()).data, null);
  assert.equal((await write("free")).canceled, false);
  assert.equal((await employees().get({ employeeId: "tom" }).go()).data.office, "jena");
});
