import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { connect, createTable, startStator } from "./stator.mjs";

let stator;
let client;
let TableName;

before(async () => {
  stator = await startStator();
  client = connect(stator);
  TableName = await createTable(client, "items", [
    ["pk", "S"],
    ["sk", "N"],
  ]);
});

after(async () => {
  client.destroy();
  await stator.stop();
});

const key = (pk, sk = 1) => ({ pk: { S: pk }, sk: { N: String(sk) } });
const put = (Item, more = {}) => client.send(new PutItemCommand({ TableName, Item, ...more }));
const get = (Key, more = {}) => client.send(new GetItemCommand({ TableName, Key, ...more }));
const update = (Key, more) => client.send(new UpdateItemCommand({ TableName, Key, ...more }));
const remove = (Key, more = {}) => client.send(new DeleteItemCommand({ TableName, Key, ...more }));

test("a put item is read back, strongly and eventually", async () => {
  const item = { ...key("put"), colour: { S: "red" } };
  const result = await put(item);
  assert.equal(result.Attributes, undefined);
  assert.deepEqual((await get(key("put"), { ConsistentRead: true })).Item, item);
  assert.deepEqual((await get(key("put"))).Item, item);
});

test("an item that is not there is undefined", async () => {
  assert.equal((await get(key("missing"))).Item, undefined);
});

test("a put replaces the whole item and returns the old one on request", async () => {
  const old = { ...key("replaced"), a: { S: "1" }, b: { S: "2" } };
  await put(old);
  const result = await put({ ...key("replaced"), c: { S: "3" } }, { ReturnValues: "ALL_OLD" });
  assert.deepEqual(result.Attributes, old);
  assert.deepEqual((await get(key("replaced"))).Item, { ...key("replaced"), c: { S: "3" } });
});

test("a projection returns what it names, nested elements included", async () => {
  await put({
    ...key("projected"),
    size: { N: "7" },
    map: { M: { in: { L: [{ S: "zero" }, { S: "one" }, { S: "two" }] }, out: { S: "x" } } },
  });
  const { Item } = await get(key("projected"), {
    ProjectionExpression: "pk, #s, #m.#i[2], #m.#i[0], absent",
    ExpressionAttributeNames: { "#s": "size", "#m": "map", "#i": "in" },
  });
  assert.deepEqual(Item, {
    pk: { S: "projected" },
    size: { N: "7" },
    map: { M: { in: { L: [{ S: "zero" }, { S: "two" }] } } },
  });
});

test("an update creates, sets, counts, appends and removes", async () => {
  const Key = key("updated");
  const created = await update(Key, {
    UpdateExpression: "SET words = :w, n = if_not_exists(n, :zero) + :one, gone = :w ADD tags :t",
    ExpressionAttributeValues: {
      ":w": { L: [{ S: "a" }] },
      ":zero": { N: "0" },
      ":one": { N: "1" },
      ":t": { SS: ["x", "y"] },
    },
    ReturnValues: "ALL_NEW",
  });
  assert.deepEqual(created.Attributes, {
    ...Key,
    words: { L: [{ S: "a" }] },
    gone: { L: [{ S: "a" }] },
    n: { N: "1" },
    tags: { SS: ["x", "y"] },
  });
  const changed = await update(Key, {
    UpdateExpression:
      "SET words = list_append(words, :b), n = n - :step REMOVE gone ADD #t :step DELETE tags :t",
    ExpressionAttributeNames: { "#t": "total" },
    ExpressionAttributeValues: {
      ":b": { L: [{ S: "b" }, { S: "c" }] },
      ":step": { N: "0.25" },
      ":t": { SS: ["y", "z"] },
    },
    ReturnValues: "UPDATED_NEW",
  });
  assert.deepEqual(changed.Attributes, {
    words: { L: [{ S: "a" }, { S: "b" }, { S: "c" }] },
    n: { N: "0.75" },
    total: { N: "0.25" },
    tags: { SS: ["x"] },
  });
  const item = (await get(Key, { ConsistentRead: true })).Item;
  assert.deepEqual(item, { ...Key, ...changed.Attributes });
});

test("an update returns old and new values of what it touched", async () => {
  const Key = key("returned");
  await put({ ...Key, a: { S: "old" }, b: { S: "kept" } });
  const change = {
    UpdateExpression: "SET a = :a",
    ExpressionAttributeValues: { ":a": { S: "new" } },
  };
  const updatedOld = await update(Key, { ...change, ReturnValues: "UPDATED_OLD" });
  assert.deepEqual(updatedOld.Attributes, { a: { S: "old" } });
  const allOld = await update(Key, { ...change, ReturnValues: "ALL_OLD" });
  assert.deepEqual(allOld.Attributes, { ...Key, a: { S: "new" }, b: { S: "kept" } });
  const none = await update(Key, change);
  assert.equal(none.Attributes, undefined);
});

test("an update may change one element of a list in a map", async () => {
  const Key = key("nested");
  await put({ ...Key, m: { M: { l: { L: [{ N: "1" }, { N: "2" }] } } } });
  await update(Key, {
    UpdateExpression: "SET m.l[1] = :v, m.fresh = :v",
    ExpressionAttributeValues: { ":v": { BOOL: true } },
  });
  const { Item } = await get(Key);
  assert.deepEqual(Item.m.M.l, { L: [{ N: "1" }, { BOOL: true }] });
  assert.deepEqual(Item.m.M.fresh, { BOOL: true });
});

test("a delete removes the item, returns it on request and is repeatable", async () => {
  const item = { ...key("deleted"), a: { S: "1" } };
  await put(item);
  assert.deepEqual((await remove(key("deleted"), { ReturnValues: "ALL_OLD" })).Attributes, item);
  assert.equal((await get(key("deleted"), { ConsistentRead: true })).Item, undefined);
  assert.equal((await remove(key("deleted"), { ReturnValues: "ALL_OLD" })).Attributes, undefined);
});

test("a failed condition changes nothing and returns the item on request", async () => {
  const item = { ...key("guarded"), version: { N: "3" } };
  await put(item);
  const guard = {
    ConditionExpression: "version = :v",
    ExpressionAttributeValues: { ":v": { N: "2" } },
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  };
  const refused = (error) => {
    assert.ok(error instanceof ConditionalCheckFailedException);
    assert.equal(error.message, "The conditional request failed");
    assert.deepEqual(error.Item, item);
    return true;
  };
  await assert.rejects(put({ ...key("guarded"), version: { N: "9" } }, guard), refused);
  await assert.rejects(remove(key("guarded"), guard), refused);
  await assert.rejects(
    update(key("guarded"), { ...guard, UpdateExpression: "SET version = :v" }),
    refused,
  );
  assert.deepEqual((await get(key("guarded"), { ConsistentRead: true })).Item, item);
});

test("a failed condition returns no item unless asked", async () => {
  await put(key("silent"));
  const again = put(key("silent"), { ConditionExpression: "attribute_not_exists(pk)" });
  await assert.rejects(again, (error) => {
    assert.ok(error instanceof ConditionalCheckFailedException);
    assert.equal(error.Item, undefined);
    return true;
  });
});

test("every condition function and operator decides as documented", async () => {
  const Key = key("conditions");
  await put({
    ...Key,
    n: { N: "5" },
    s: { S: "hello" },
    letters: { SS: ["a", "b"] },
    boxes: { L: [{ S: "x" }] },
    bytes: { B: new Uint8Array([1, 2, 3]) },
  });
  const values = {
    ":four": { N: "4" },
    ":five": { N: "5.0" },
    ":six": { N: "6" },
    ":he": { S: "he" },
    ":a": { S: "a" },
    ":x": { S: "x" },
    ":type": { S: "SS" },
    ":one": { B: new Uint8Array([1]) },
  };
  const holds = async (expression) => {
    const used = [...new Set(expression.match(/:\w+/g) ?? [])];
    try {
      await update(Key, {
        UpdateExpression: "REMOVE nothing",
        ConditionExpression: expression,
        ...(used.length > 0 && {
          ExpressionAttributeValues: Object.fromEntries(used.map((name) => [name, values[name]])),
        }),
      });
      return true;
    } catch (error) {
      assert.equal(error.name, "ConditionalCheckFailedException", `${expression}: ${error}`);
      return false;
    }
  };
  const expected = {
    "n = :five": true,
    "n <> :five": false,
    "n < :six AND n > :four": true,
    "n BETWEEN :four AND :five": true,
    "n IN (:four, :six)": false,
    "n IN (:four, :five)": true,
    "NOT n >= :six": true,
    "n <= :four OR (s = :he OR attribute_exists(s))": true,
    "attribute_not_exists(s)": false,
    "attribute_exists(absent)": false,
    "begins_with(s, :he)": true,
    "begins_with(bytes, :one)": true,
    "contains(s, :he)": true,
    "contains(letters, :a)": true,
    "contains(boxes, :x)": true,
    "contains(boxes, :a)": false,
    "size(s) = :five": true,
    "size(bytes) < :four": true,
    "attribute_type(letters, :type)": true,
    "attribute_type(s, :type)": false,
    "s = :five": false,
    "boxes[0] = :x": true,
  };
  for (const [expression, outcome] of Object.entries(expected)) {
    assert.equal(await holds(expression), outcome, expression);
  }
});

test("consumed capacity follows item size and consistency", async () => {
  const Key = key("sized");
  const item = { ...Key, padding: { S: "x".repeat(1500) } };
  const written = await put(item, { ReturnConsumedCapacity: "TOTAL" });
  assert.deepEqual(written.ConsumedCapacity, { TableName, CapacityUnits: 2 });
  const read = await get(Key, { ReturnConsumedCapacity: "INDEXES" });
  assert.equal(read.ConsumedCapacity.CapacityUnits, 0.5);
  assert.equal(read.ConsumedCapacity.Table.CapacityUnits, 0.5);
  const strong = await get(Key, { ReturnConsumedCapacity: "TOTAL", ConsistentRead: true });
  assert.equal(strong.ConsumedCapacity.CapacityUnits, 1);
});

test("an item of 400 KB is stored and one byte more is refused", async () => {
  const Key = { pk: { S: "big" }, sk: { N: "1" } };
  const rest = 400 * 1024 - ("pk".length + "big".length + "sk".length + 2 + "v".length);
  await put({ ...Key, v: { S: "x".repeat(rest) } });
  assert.equal((await get(Key, { ConsistentRead: true })).Item.v.S.length, rest);
  await assert.rejects(put({ ...Key, v: { S: "x".repeat(rest + 1) } }), {
    name: "ValidationException",
    message: "Item size has exceeded the maximum allowed size",
  });
});

test("a batch writes and deletes, and a batch reads what is there", async () => {
  const keys = Array.from({ length: 25 }, (_, i) => key(`batch-${i % 3}`, i));
  const written = await client.send(
    new BatchWriteItemCommand({
      RequestItems: {
        [TableName]: keys.map((Key, i) => ({
          PutRequest: { Item: { ...Key, i: { N: String(i) } } },
        })),
      },
    }),
  );
  assert.deepEqual(written.UnprocessedItems, {});
  await client.send(
    new BatchWriteItemCommand({
      RequestItems: {
        [TableName]: [{ DeleteRequest: { Key: keys[0] } }, { DeleteRequest: { Key: keys[1] } }],
      },
    }),
  );
  const read = await client.send(
    new BatchGetItemCommand({
      RequestItems: {
        [TableName]: {
          Keys: keys,
          ProjectionExpression: "#i",
          ExpressionAttributeNames: { "#i": "i" },
          ConsistentRead: true,
        },
      },
      ReturnConsumedCapacity: "TOTAL",
    }),
  );
  const numbers = read.Responses[TableName].map((item) => Number(item.i.N)).sort((a, b) => a - b);
  assert.deepEqual(numbers, Array.from({ length: 23 }, (_, i) => i + 2));
  assert.deepEqual(read.UnprocessedKeys, {});
  assert.deepEqual(read.ConsumedCapacity, [{ TableName, CapacityUnits: 25 }]);
});

test("a batch that names a key twice is refused whole", async () => {
  const twice = new BatchWriteItemCommand({
    RequestItems: {
      [TableName]: [
        { PutRequest: { Item: key("twice") } },
        { DeleteRequest: { Key: key("twice") } },
      ],
    },
  });
  await assert.rejects(client.send(twice), {
    name: "ValidationException",
    message: "Provided list of item keys contains duplicates",
  });
  assert.equal((await get(key("twice"))).Item, undefined);
});
