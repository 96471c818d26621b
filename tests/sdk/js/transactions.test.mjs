import {
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactGetItemsCommand,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import {
  DynamoDBDocumentClient,
  TransactGetCommand,
  TransactWriteCommand,
} from "@aws-sdk/lib-dynamodb";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { connect, createTable, startStator } from "./stator.mjs";

let stator;
let client;
let TableName;

before(async () => {
  stator = await startStator();
  client = connect(stator);
  TableName = await createTable(client, "accounts", [["pk", "S"]]);
});

after(async () => {
  client.destroy();
  await stator.stop();
});

const key = (pk) => ({ pk: { S: pk } });
const account = (pk, balance) => ({ ...key(pk), balance: { N: String(balance) } });
const put = (client, Item) => client.send(new PutItemCommand({ TableName, Item }));
const balances = async (...names) => {
  const TransactItems = names.map((name) => ({ Get: { TableName, Key: key(name) } }));
  const { Responses } = await client.send(new TransactGetItemsCommand({ TransactItems }));
  return Responses.map(({ Item }) => Number(Item?.balance.N));
};

const transfer = (from, to, amount) => ({
  TransactItems: [
    {
      Update: {
        TableName,
        Key: key(from),
        UpdateExpression: "SET balance = balance - :amount",
        ConditionExpression: "balance >= :amount",
        ExpressionAttributeValues: { ":amount": { N: String(amount) } },
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      },
    },
    {
      Update: {
        TableName,
        Key: key(to),
        UpdateExpression: "SET balance = balance + :amount",
        ExpressionAttributeValues: { ":amount": { N: String(amount) } },
      },
    },
  ],
});

// A rule of faults; returns a function that removes it.
async function addFault(rule) {
  const url = `${stator.endpoint}/_stator/faults`;
  const reply = await fetch(url, { method: "POST", body: JSON.stringify(rule) });
  const { id } = await reply.json();
  return () => fetch(`${url}?id=${id}`, { method: "DELETE" });
}

async function untilWaiting() {
  for (;;) {
    const { faults } = await (await fetch(`${stator.endpoint}/_stator/faults`)).json();
    if (faults.some(({ waiting }) => waiting > 0)) return;
  }
}

test("a transaction moves money, and its reasons are read", async () => {
  await put(client, account("a", 10));
  await put(client, account("b", 0));
  await client.send(new TransactWriteItemsCommand(transfer("a", "b", 7)));
  assert.deepEqual(await balances("a", "b"), [3, 7]);
  await assert.rejects(client.send(new TransactWriteItemsCommand(transfer("a", "b", 7))), (error) => {
    assert.equal(error.name, "TransactionCanceledException");
    assert.match(error.message, /\[ConditionalCheckFailed, None\]$/);
    assert.deepEqual(
      error.CancellationReasons.map(({ Code }) => Code),
      ["ConditionalCheckFailed", "None"],
    );
    assert.deepEqual(error.CancellationReasons[0].Item, account("a", 3));
    return true;
  });
  assert.deepEqual(await balances("a", "b"), [3, 7]);
});

test("documents are written and read together", async () => {
  const documents = DynamoDBDocumentClient.from(client);
  const items = ["d1", "d2"].map((pk, i) => ({ pk, balance: i, tags: ["x", { y: null }] }));
  const puts = items.map((Item) => ({
    Put: { TableName, Item, ConditionExpression: "attribute_not_exists(pk)" },
  }));
  await documents.send(new TransactWriteCommand({ TransactItems: puts }));
  const gets = items.map(({ pk }) => ({ Get: { TableName, Key: { pk } } }));
  const { Responses } = await documents.send(new TransactGetCommand({ TransactItems: gets }));
  assert.deepEqual(Responses, items.map((Item) => ({ Item })));
  await assert.rejects(documents.send(new TransactWriteCommand({ TransactItems: puts })), {
    name: "TransactionCanceledException",
    message: /\[ConditionalCheckFailed, ConditionalCheckFailed\]$/,
  });
});

test("the token that the SDK makes up keeps a lost answer from running twice", async () => {
  await put(client, account("c", 10));
  await put(client, account("d", 0));
  const remove = await addFault({ operation: "TransactWriteItems", close: "after", times: 1 });
  const patient = connect(stator, { maxAttempts: 3 });
  await patient.send(new TransactWriteItemsCommand(transfer("c", "d", 4)));
  assert.deepEqual(await balances("c", "d"), [6, 4]);
  await remove();
  patient.destroy();
});

test("a second client meets a transaction that is held", async () => {
  await put(client, account("e", 10));
  await put(client, account("f", 0));
  const remove = await addFault({ operation: "TransactWriteItems", hold: "1h", times: 1 });
  const held = client.send(new TransactWriteItemsCommand(transfer("e", "f", 1)));
  await untilWaiting();
  const second = connect(stator);
  await assert.rejects(put(second, account("e", 99)), { name: "TransactionConflictException" });
  await assert.rejects(second.send(new TransactWriteItemsCommand(transfer("f", "e", 0))), {
    name: "TransactionCanceledException",
    message: /\[TransactionConflict, TransactionConflict\]$/,
  });
  const { Item } = await second.send(new GetItemCommand({ TableName, Key: key("e") }));
  assert.deepEqual(Item, account("e", 10));
  await remove();
  await held;
  assert.deepEqual(await balances("e", "f"), [9, 1]);
  second.destroy();
});

test("the SDK retries a throttle that a fault made", async () => {
  const remove = await addFault({ operation: "PutItem", error: "ThrottlingException", times: 2 });
  const patient = connect(stator, { maxAttempts: 3 });
  await put(patient, account("g", 1));
  assert.ok(patient instanceof DynamoDBClient);
  await remove();
  patient.destroy();
});

test("a server that is stopped lets go of what is held", async () => {
  const other = await startStator();
  const own = connect(other);
  await createTable(own, "accounts", [["pk", "S"]]);
  const reply = await fetch(`${other.endpoint}/_stator/faults`, {
    method: "POST",
    body: JSON.stringify({ operation: "PutItem", hold: "1h" }),
  });
  assert.equal(reply.status, 200);
  const held = put(own, account("a", 1)).catch(() => {});
  for (;;) {
    const { faults } = await (await fetch(`${other.endpoint}/_stator/faults`)).json();
    if (faults[0].waiting > 0) break;
  }
  await other.stop();
  await held;
  own.destroy();
});
