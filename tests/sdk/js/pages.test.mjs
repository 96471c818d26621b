import {
  BatchWriteItemCommand,
  QueryCommand,
  ScanCommand,
  paginateQuery,
  paginateScan,
} from "@aws-sdk/client-dynamodb";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { connect, createTable, startStator } from "./stator.mjs";

const kHashes = 10;
const kRowsPerHash = 15;

let stator;
let client;
let TableName;

before(async () => {
  stator = await startStator();
  client = connect(stator);
  TableName = await createTable(client, "pages", [
    ["pk", "S"],
    ["sk", "S"],
  ]);
  for (let hash = 0; hash < kHashes; hash++) {
    await write(
      TableName,
      Array.from({ length: kRowsPerHash }, (_, row) => ({
        pk: { S: `p${hash}` },
        sk: { S: `row-${String(row).padStart(2, "0")}` },
        row: { N: String(row) },
      })),
    );
  }
});

after(async () => {
  client.destroy();
  await stator.stop();
});

// At most 25 items in one batch.
async function write(table, items) {
  const requests = items.map((Item) => ({ PutRequest: { Item } }));
  await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } }));
}

const rowsOf = (items) => items.map((item) => Number(item.row.N));
const counting = (from, to) => Array.from({ length: to - from }, (_, i) => from + i);
const nameOf = (item) => `${item.pk.S}/${item.sk.S}`;

const query = (more = {}, condition = "pk = :pk", values = {}) =>
  client.send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: condition,
      ExpressionAttributeValues: { ":pk": { S: "p3" }, ...values },
      ...more,
    }),
  );

test("a query returns its partition in order", async () => {
  const result = await query();
  assert.deepEqual(rowsOf(result.Items), counting(0, kRowsPerHash));
  assert.equal(result.Count, kRowsPerHash);
  assert.equal(result.ScannedCount, kRowsPerHash);
  assert.equal(result.LastEvaluatedKey, undefined);
});

test("a query page ends at its limit and goes on from its key, both ways", async () => {
  for (const ScanIndexForward of [true, false]) {
    const rows = [];
    let ExclusiveStartKey;
    do {
      const page = await query({ Limit: 4, ScanIndexForward, ExclusiveStartKey });
      assert.ok(page.Count <= 4);
      rows.push(...rowsOf(page.Items));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    const forward = counting(0, kRowsPerHash);
    assert.deepEqual(rows, ScanIndexForward ? forward : forward.reverse());
  }
});

test("the query paginator visits every row once", async () => {
  const rows = [];
  const pages = paginateQuery(
    { client, pageSize: 7 },
    {
      TableName,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": { S: "p1" } },
    },
  );
  for await (const page of pages) rows.push(...rowsOf(page.Items));
  assert.deepEqual(rows, counting(0, kRowsPerHash));
});

test("a sort key condition narrows the range", async () => {
  const rows = async (condition, values) =>
    rowsOf((await query({}, `pk = :pk AND ${condition}`, values)).Items);
  const a = { S: "row-03" };
  const b = { S: "row-05" };
  assert.deepEqual(await rows("sk = :a", { ":a": a }), [3]);
  assert.deepEqual(await rows("sk < :a", { ":a": a }), [0, 1, 2]);
  assert.deepEqual(await rows("sk <= :a", { ":a": a }), [0, 1, 2, 3]);
  assert.deepEqual(await rows("sk > :a", { ":a": a }), counting(4, kRowsPerHash));
  assert.deepEqual(await rows("sk >= :a", { ":a": a }), counting(3, kRowsPerHash));
  assert.deepEqual(await rows("sk BETWEEN :a AND :b", { ":a": a, ":b": b }), [3, 4, 5]);
  assert.deepEqual(await rows("begins_with(sk, :a)", { ":a": { S: "row-1" } }), counting(10, 15));
});

test("a filter is applied after the limit", async () => {
  const filter = { FilterExpression: "#r >= :v", ExpressionAttributeNames: { "#r": "row" } };
  const page = await query({ ...filter, Limit: 5 }, "pk = :pk", { ":v": { N: "3" } });
  assert.deepEqual(rowsOf(page.Items), [3, 4]);
  assert.equal(page.Count, 2);
  assert.equal(page.ScannedCount, 5);
  assert.deepEqual(page.LastEvaluatedKey, { pk: { S: "p3" }, sk: { S: "row-04" } });
});

test("a count returns no items", async () => {
  const counted = await query({ Select: "COUNT" });
  assert.equal(counted.Count, kRowsPerHash);
  assert.equal(counted.Items, undefined);
});

test("the scan paginator visits every item once", async () => {
  const names = [];
  for await (const page of paginateScan({ client, pageSize: 11 }, { TableName })) {
    assert.ok(page.Count <= 11);
    names.push(...page.Items.map(nameOf));
  }
  assert.equal(names.length, kHashes * kRowsPerHash);
  assert.equal(new Set(names).size, names.length);
});

test("the segments of a parallel scan share no item and miss none", async () => {
  const TotalSegments = 4;
  const segments = await Promise.all(
    counting(0, TotalSegments).map(async (Segment) => {
      const names = [];
      const pages = paginateScan({ client, pageSize: 9 }, { TableName, Segment, TotalSegments });
      for await (const page of pages) names.push(...page.Items.map(nameOf));
      return names;
    }),
  );
  const names = segments.flat();
  assert.equal(names.length, kHashes * kRowsPerHash);
  assert.equal(new Set(names).size, names.length);
});

test("a scan filters and projects", async () => {
  const { Items, Count, ScannedCount } = await client.send(
    new ScanCommand({
      TableName,
      FilterExpression: "#r = :one AND begins_with(pk, :p)",
      ProjectionExpression: "pk",
      ExpressionAttributeNames: { "#r": "row" },
      ExpressionAttributeValues: { ":one": { N: "1" }, ":p": { S: "p" } },
      ConsistentRead: true,
    }),
  );
  assert.equal(Count, kHashes);
  assert.equal(ScannedCount, kHashes * kRowsPerHash);
  assert.deepEqual(Items.map((item) => item.pk.S).sort(), counting(0, kHashes).map((i) => `p${i}`));
  assert.deepEqual(Object.keys(Items[0]), ["pk"]);
});

test("a page ends at 1 MB and the next one goes on", async () => {
  const big = await createTable(client, "big-pages", [
    ["pk", "S"],
    ["sk", "S"],
  ]);
  const rows = 25;
  for (let from = 0; from < rows; from += 5) {
    await write(
      big,
      counting(from, from + 5).map((row) => ({
        pk: { S: "p" },
        sk: { S: String(row).padStart(2, "0") },
        row: { N: String(row) },
        padding: { S: "x".repeat(100_000) },
      })),
    );
  }
  const seen = [];
  let pages = 0;
  const input = {
    TableName: big,
    KeyConditionExpression: "pk = :pk",
    ExpressionAttributeValues: { ":pk": { S: "p" } },
  };
  for await (const page of paginateQuery({ client }, input)) {
    pages++;
    if (pages === 1) assert.equal(page.Count, 11); // the item that reaches 1 MB ends the page
    seen.push(...rowsOf(page.Items));
  }
  assert.equal(pages, 3);
  assert.deepEqual(seen, counting(0, rows));
});
