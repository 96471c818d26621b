import { GetItemCommand, PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import {
  DynamoDBDocumentClient,
  GetCommand,
  NumberValue,
  PutCommand,
  QueryCommand as DocumentQueryCommand,
  UpdateCommand,
  paginateScan,
} from "@aws-sdk/lib-dynamodb";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { connect, createTable, startStator } from "./stator.mjs";

let stator;
let client;
let documents;
let TableName;

before(async () => {
  stator = await startStator();
  client = connect(stator);
  documents = DynamoDBDocumentClient.from(client);
  TableName = await createTable(client, "types", [["pk", "S"]]);
});

after(async () => {
  client.destroy();
  await stator.stop();
});

// Stores one attribute and returns what is read back.
async function roundTrip(pk, value) {
  await client.send(new PutItemCommand({ TableName, Item: { pk: { S: pk }, value } }));
  const get = new GetItemCommand({ TableName, Key: { pk: { S: pk } }, ConsistentRead: true });
  return (await client.send(get)).Item.value;
}

const bytes = (...values) => new Uint8Array(values);
const allBytes = Uint8Array.from({ length: 256 }, (_, i) => i);

test("values of every type come back as they were sent", async () => {
  const values = {
    string: { S: "plain" },
    "empty string": { S: "" },
    "escaped string": { S: 'quote " backslash \\ tab \t line \n nul \u0000 slash / del \u007f' },
    "unicode string": { S: "äöü ß 漢字 🦖 \u2028 \ufeff" },
    number: { N: "12.5" },
    "38 digits": { N: "-12345678901234567890.123456789012345678" },
    "largest number": { N: "9" + "9".repeat(37) + "0".repeat(88) },
    "smallest number": { N: "0." + "0".repeat(129) + "1" },
    binary: { B: allBytes },
    "empty binary": { B: bytes() },
    true: { BOOL: true },
    false: { BOOL: false },
    null: { NULL: true },
    "empty list": { L: [] },
    "mixed list": { L: [{ S: "a" }, { N: "1" }, { L: [{ NULL: true }] }, { M: {} }] },
    "empty map": { M: {} },
    map: { M: { "a.b": { S: "dot" }, ä: { M: { x: { BOOL: true } } } } },
  };
  for (const [name, value] of Object.entries(values)) {
    assert.deepEqual(await roundTrip(name, value), value, name);
  }
});

test("sets come back with the same members", async () => {
  const strings = await roundTrip("SS", { SS: ["b", "a", "", "ü"] });
  assert.deepEqual(new Set(strings.SS), new Set(["", "a", "b", "ü"]));
  const numbers = await roundTrip("NS", { NS: ["3", "-1.50", "1e2"] });
  assert.deepEqual(new Set(numbers.NS), new Set(["3", "-1.5", "100"]));
  const binaries = await roundTrip("BS", { BS: [bytes(255), bytes(0, 1), bytes(7)] });
  assert.deepEqual(
    binaries.BS.map((member) => Buffer.from(member).toString("hex")).sort(),
    ["0001", "07", "ff"],
  );
});

test("numbers come back in plain decimal", async () => {
  for (const [sent, stored] of Object.entries({
    "1e3": "1000",
    "-0": "0",
    "+7": "7",
    "0001.2300": "1.23",
    ".5": "0.5",
    "1E-5": "0.00001",
  })) {
    assert.deepEqual(await roundTrip("decimal", { N: sent }), { N: stored }, sent);
  }
});

test("values that DynamoDB refuses are refused", async () => {
  const refused = [
    { N: "abc" },
    { N: "1e126" },
    { N: "1e-131" },
    { N: "123456789012345678901234567890123456789" },
    { SS: [] },
    { SS: ["a", "a"] },
    { NS: ["1", "1.0"] },
    { BS: [bytes(1), bytes(1)] },
    { NULL: false },
  ];
  for (const value of refused) {
    await assert.rejects(
      roundTrip("refused", value),
      { name: "ValidationException" },
      JSON.stringify(value),
    );
  }
});

test("32 levels of nesting are stored and 33 are refused", async () => {
  const nested = (levels) => (levels === 1 ? { S: "leaf" } : { L: [nested(levels - 1)] });
  assert.deepEqual(await roundTrip("deep", nested(32)), nested(32));
  await assert.rejects(roundTrip("deep", nested(33)), { name: "ValidationException" });
});

test("binary keys and number sort keys are ordered by value", async () => {
  const name = await createTable(client, "ordered", [
    ["pk", "B"],
    ["sk", "N"],
  ]);
  const sorted = ["-1000", "-2.5", "-0.1", "0", "0.00001", "1", "9.5", "10", "1000000"];
  for (const N of [...sorted].reverse()) {
    const Item = { pk: { B: allBytes }, sk: { N } };
    await client.send(new PutItemCommand({ TableName: name, Item }));
  }
  const query = (more) =>
    client.send(
      new QueryCommand({
        TableName: name,
        KeyConditionExpression: "pk = :pk AND sk BETWEEN :low AND :high",
        ExpressionAttributeValues: {
          ":pk": { B: allBytes },
          ":low": { N: "-1e3" },
          ":high": { N: "1e6" },
        },
        ...more,
      }),
    );
  assert.deepEqual((await query({})).Items.map((item) => item.sk.N), sorted);
  const backward = await query({ ScanIndexForward: false, Limit: 3 });
  assert.deepEqual(backward.Items.map((item) => item.sk.N), ["1000000", "10", "9.5"]);
  assert.deepEqual(backward.LastEvaluatedKey, { pk: { B: allBytes }, sk: { N: "9.5" } });
});

test("the document client stores and reads JavaScript values", async () => {
  const item = {
    pk: "document",
    text: "ü",
    count: 42,
    ratio: -0.125,
    yes: true,
    nothing: null,
    list: [1, "two", [3], { four: 4 }],
    map: { nested: { deep: [null, false] } },
    raw: bytes(0, 127, 255),
    strings: new Set(["a", "b"]),
    numbers: new Set([1, 2.5]),
    binaries: new Set([bytes(1), bytes(2)]),
  };
  await documents.send(new PutCommand({ TableName, Item: item }));
  const get = new GetCommand({ TableName, Key: { pk: "document" }, ConsistentRead: true });
  const read = (await documents.send(get)).Item;
  const plain = ({ strings, numbers, binaries, ...rest }) => rest;
  assert.deepEqual(plain(read), plain(item));
  assert.deepEqual([...read.strings].sort(), ["a", "b"]);
  assert.deepEqual([...read.numbers].sort(), [1, 2.5]);
  assert.deepEqual([...read.binaries].map((member) => member[0]).sort(), [1, 2]);
});

test("the document client keeps 38 digits as NumberValue", async () => {
  const exact = DynamoDBDocumentClient.from(connect(stator), {
    unmarshallOptions: { wrapNumbers: true },
  });
  const digits = "12345678901234567890123456789012345678";
  const Key = { pk: "exact" };
  await exact.send(new PutCommand({ TableName, Item: { ...Key, n: NumberValue.from(digits) } }));
  const updated = await exact.send(
    new UpdateCommand({
      TableName,
      Key,
      UpdateExpression: "SET n = n + :one",
      ExpressionAttributeValues: { ":one": 1 },
      ReturnValues: "ALL_NEW",
    }),
  );
  assert.equal(updated.Attributes.n.value, `${digits.slice(0, -1)}9`);
  exact.destroy();
});

test("the document client pages through a table", async () => {
  const name = await createTable(client, "documents", [
    ["pk", "S"],
    ["sk", "N"],
  ]);
  for (let sk = 0; sk < 20; sk++) {
    const Item = { pk: "p", sk, even: sk % 2 === 0 };
    await documents.send(new PutCommand({ TableName: name, Item }));
  }
  const { Items } = await documents.send(
    new DocumentQueryCommand({
      TableName: name,
      KeyConditionExpression: "pk = :p AND sk < :ten",
      FilterExpression: "even = :yes",
      ExpressionAttributeValues: { ":p": "p", ":ten": 10, ":yes": true },
    }),
  );
  assert.deepEqual(Items.map((item) => item.sk), [0, 2, 4, 6, 8]);
  const scanned = [];
  for await (const page of paginateScan({ client: documents, pageSize: 6 }, { TableName: name })) {
    scanned.push(...page.Items.map((item) => item.sk));
  }
  assert.deepEqual(scanned, Array.from({ length: 20 }, (_, sk) => sk));
});
