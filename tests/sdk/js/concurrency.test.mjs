import { GetItemCommand, PutItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { connect, createTable, startStator } from "./stator.mjs";

const kClients = 100;
const kRounds = 10;

let stator;
let clients;
let TableName;

before(async () => {
  stator = await startStator();
  clients = Array.from({ length: kClients }, () => connect(stator));
  TableName = await createTable(clients[0], "shared", [["pk", "S"]]);
});

after(async () => {
  for (const client of clients) client.destroy();
  await stator.stop();
});

// Runs one task a client, all at once.
const together = (task) => Promise.all(clients.map(task));

test("100 clients read what they wrote and lose no update", async () => {
  await together(async (client, i) => {
    for (let round = 0; round < kRounds; round++) {
      const Key = { pk: { S: `client-${i}-${round}` } };
      const Item = { ...Key, round: { N: `${round}` } };
      await client.send(new PutItemCommand({ TableName, Item }));
      await client.send(
        new UpdateItemCommand({
          TableName,
          Key: { pk: { S: "hits" } },
          UpdateExpression: "ADD hits :one",
          ExpressionAttributeValues: { ":one": { N: "1" } },
        }),
      );
      const get = new GetItemCommand({ TableName, Key, ConsistentRead: true });
      assert.equal((await client.send(get)).Item.round.N, `${round}`);
    }
  });
  const get = new GetItemCommand({ TableName, Key: { pk: { S: "hits" } }, ConsistentRead: true });
  assert.equal((await clients[0].send(get)).Item.hits.N, String(kClients * kRounds));
});

test("of 100 clients that create one item exactly one wins", async () => {
  const outcomes = await together((client, i) =>
    client
      .send(
        new PutItemCommand({
          TableName,
          Item: { pk: { S: "prize" }, winner: { N: String(i) } },
          ConditionExpression: "attribute_not_exists(pk)",
        }),
      )
      .then(
        () => "won",
        (error) => error.name,
      ),
  );
  assert.equal(outcomes.filter((outcome) => outcome === "won").length, 1);
  const lost = outcomes.filter((outcome) => outcome === "ConditionalCheckFailedException");
  assert.equal(lost.length, kClients - 1);
  const get = new GetItemCommand({ TableName, Key: { pk: { S: "prize" } }, ConsistentRead: true });
  const { Item } = await clients[0].send(get);
  assert.equal(Item.winner.N, String(outcomes.indexOf("won")));
});
