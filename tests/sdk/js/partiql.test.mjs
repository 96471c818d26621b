import {
  BatchExecuteStatementCommand,
  CreateTableCommand,
  DescribeTimeToLiveCommand,
  ExecuteStatementCommand,
  UpdateTimeToLiveCommand,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import {
  DynamoDBDocumentClient,
  ExecuteStatementCommand as ExecuteDocumentStatementCommand,
} from "@aws-sdk/lib-dynamodb";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { connect, kPatience, startStator } from "./stator.mjs";

let stator;
let client;

before(async () => {
  stator = await startStator();
  client = connect(stator);
  await client.send(
    new CreateTableCommand({
      TableName: "music",
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [
        { AttributeName: "artist", KeyType: "HASH" },
        { AttributeName: "title", KeyType: "RANGE" },
      ],
      AttributeDefinitions: [
        { AttributeName: "artist", AttributeType: "S" },
        { AttributeName: "title", AttributeType: "S" },
      ],
    }),
  );
  await waitUntilTableExists({ client, ...kPatience }, { TableName: "music" });
});

after(async () => {
  client.destroy();
  await stator.stop();
});

const execute = (Statement, Parameters, more = {}) =>
  client.send(new ExecuteStatementCommand({ Statement, Parameters, ...more }));

test("statements write and read items", async () => {
  const insert = `INSERT INTO "music" VALUE {'artist': ?, 'title': ?, 'year': 1999}`;
  for (const title of ["one", "two", "three"]) {
    await execute(insert, [{ S: "a" }, { S: title }]);
  }
  await assert.rejects(execute(insert, [{ S: "a" }, { S: "one" }]), {
    name: "DuplicateItemException",
  });
  const updated = await execute(
    `UPDATE "music" SET year = year + 1 WHERE artist = ? AND title = ? RETURNING ALL NEW *`,
    [{ S: "a" }, { S: "one" }],
  );
  assert.deepEqual(updated.Items[0].year, { N: "2000" });
  const { Items } = await execute(
    `SELECT title FROM "music" WHERE artist = 'a' ORDER BY title DESC`,
  );
  assert.deepEqual(
    Items.map((item) => item.title.S),
    ["two", "three", "one"],
  );
});

test("pages follow one another by their tokens", async () => {
  for (const title of ["1", "2", "3", "4", "5"]) {
    await execute(`INSERT INTO "music" VALUE {'artist': 'pages', 'title': ?}`, [{ S: title }]);
  }
  const titles = [];
  let NextToken;
  do {
    const page = await execute(`SELECT title FROM music WHERE artist = 'pages'`, undefined, {
      Limit: 2,
      NextToken,
    });
    titles.push(...page.Items.map((item) => item.title.S));
    NextToken = page.NextToken;
  } while (NextToken);
  assert.deepEqual(titles, ["1", "2", "3", "4", "5"]);
});

test("a batch answers each statement", async () => {
  await execute(`INSERT INTO "music" VALUE {'artist': 'batch', 'title': 'x'}`);
  const { Responses } = await client.send(
    new BatchExecuteStatementCommand({
      Statements: [
        { Statement: `SELECT * FROM music WHERE artist = 'batch' AND title = 'x'` },
        { Statement: `SELECT * FROM music WHERE artist = 'batch'` },
      ],
    }),
  );
  assert.deepEqual(Responses[0].Item, { artist: { S: "batch" }, title: { S: "x" } });
  assert.equal(Responses[1].Error.Code, "ValidationError");
});

test("the document client sends plain values", async () => {
  const documents = DynamoDBDocumentClient.from(client);
  await documents.send(
    new ExecuteDocumentStatementCommand({
      Statement: `INSERT INTO "music" VALUE {'artist': ?, 'title': ?, 'tags': ?}`,
      Parameters: ["doc", "t", ["a", 1, true]],
    }),
  );
  const { Items } = await documents.send(
    new ExecuteDocumentStatementCommand({
      Statement: `SELECT tags FROM "music" WHERE artist = ? AND title = ?`,
      Parameters: ["doc", "t"],
    }),
  );
  assert.deepEqual(Items, [{ tags: ["a", 1, true] }]);
});

test("items expire by the attribute that a table names", async () => {
  await client.send(
    new UpdateTimeToLiveCommand({
      TableName: "music",
      TimeToLiveSpecification: { Enabled: true, AttributeName: "expires" },
    }),
  );
  const { TimeToLiveDescription } = await client.send(
    new DescribeTimeToLiveCommand({ TableName: "music" }),
  );
  assert.deepEqual(TimeToLiveDescription, {
    TimeToLiveStatus: "ENABLED",
    AttributeName: "expires",
  });
  const past = Math.floor(Date.now() / 1000) - 10;
  await execute(`INSERT INTO music VALUE {'artist': 'old', 'title': 't', 'expires': ?}`, [
    { N: String(past) },
  ]);
  const deadline = Date.now() + 10_000;
  let left;
  do {
    left = (await execute(`SELECT * FROM music WHERE artist = 'old' AND title = 't'`)).Items;
    assert.ok(Date.now() < deadline, "the item does not expire");
  } while (left.length > 0);
});
