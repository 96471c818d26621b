import {
  CreateTableCommand,
  DeleteTableCommand,
  DescribeEndpointsCommand,
  DescribeLimitsCommand,
  DescribeTableCommand,
  ListTablesCommand,
  PutItemCommand,
  ResourceInUseException,
  ResourceNotFoundException,
  UpdateTableCommand,
  paginateListTables,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from "@aws-sdk/client-dynamodb";
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { connect, createTable, kPatience, startStator } from "./stator.mjs";

let stator;
let client;

before(async () => {
  stator = await startStator();
  client = connect(stator);
});

after(async () => {
  client.destroy();
  await stator.stop();
});

test("a table is created, described, listed, changed and deleted", async () => {
  const TableName = "Life.of-a_table";
  const created = await client.send(
    new CreateTableCommand({
      TableName,
      AttributeDefinitions: [
        { AttributeName: "pk", AttributeType: "S" },
        { AttributeName: "sk", AttributeType: "N" },
      ],
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
      ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 6 },
    }),
  );
  assert.equal(created.TableDescription.TableName, TableName);
  await waitUntilTableExists({ client, ...kPatience }, { TableName });

  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  assert.equal(Table.TableStatus, "ACTIVE");
  assert.equal(Table.TableArn, `arn:aws:dynamodb:us-east-1:000000000000:table/${TableName}`);
  assert.match(Table.TableId, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  assert.ok(Math.abs(Date.now() - Table.CreationDateTime.getTime()) < 60_000);
  assert.equal(Table.ItemCount, 0);
  assert.equal(Table.TableSizeBytes, 0);
  assert.equal(Table.DeletionProtectionEnabled, false);
  assert.deepEqual(Table.KeySchema, [
    { AttributeName: "pk", KeyType: "HASH" },
    { AttributeName: "sk", KeyType: "RANGE" },
  ]);
  assert.equal(Table.ProvisionedThroughput.ReadCapacityUnits, 5);
  assert.equal(Table.ProvisionedThroughput.WriteCapacityUnits, 6);

  const { TableNames } = await client.send(new ListTablesCommand({}));
  assert.ok(TableNames.includes(TableName));

  await client.send(new UpdateTableCommand({ TableName, BillingMode: "PAY_PER_REQUEST" }));
  await waitUntilTableExists({ client, ...kPatience }, { TableName });
  const changed = await client.send(new DescribeTableCommand({ TableName }));
  assert.equal(changed.Table.BillingModeSummary.BillingMode, "PAY_PER_REQUEST");
  assert.equal(changed.Table.ProvisionedThroughput.ReadCapacityUnits, 0);
  assert.equal(changed.Table.TableId, Table.TableId);

  const deleted = await client.send(new DeleteTableCommand({ TableName }));
  assert.equal(deleted.TableDescription.TableStatus, "DELETING");
  await waitUntilTableNotExists({ client, ...kPatience }, { TableName });
  await assert.rejects(client.send(new DescribeTableCommand({ TableName })), (error) => {
    assert.ok(error instanceof ResourceNotFoundException);
    assert.equal(error.message, `Requested resource not found: Table: ${TableName} not found`);
    return true;
  });
});

test("a second table of one name is refused as ResourceInUseException", async () => {
  const TableName = await createTable(client, "taken", [["pk", "S"]]);
  await assert.rejects(createTable(client, TableName, [["pk", "S"]]), (error) => {
    assert.ok(error instanceof ResourceInUseException);
    assert.equal(error.message, `Table already exists: ${TableName}`);
    return true;
  });
});

test("a protected table is deleted only after its protection is lifted", async () => {
  const TableName = "protected";
  await client.send(
    new CreateTableCommand({
      TableName,
      AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
      BillingMode: "PAY_PER_REQUEST",
      DeletionProtectionEnabled: true,
    }),
  );
  await waitUntilTableExists({ client, ...kPatience }, { TableName });
  await assert.rejects(client.send(new DeleteTableCommand({ TableName })), {
    name: "ValidationException",
    message:
      "Resource cannot be deleted as it is currently protected against deletion. " +
      "Disable deletion protection first.",
  });
  await client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }));
  await client.send(new DeleteTableCommand({ TableName }));
  await waitUntilTableNotExists({ client, ...kPatience }, { TableName });
});

test("table names are listed in pages and in order", async () => {
  for (const name of ["page-c", "page-a", "page-e", "page-b", "page-d"]) {
    await createTable(client, name, [["pk", "S"]]);
  }
  const names = [];
  for await (const page of paginateListTables({ client, pageSize: 2 }, {})) {
    assert.ok(page.TableNames.length <= 2);
    names.push(...page.TableNames);
  }
  const ours = names.filter((name) => name.startsWith("page-"));
  assert.deepEqual(ours, ["page-a", "page-b", "page-c", "page-d", "page-e"]);
});

test("a table answers to its ARN", async () => {
  const TableName = await createTable(client, "by-arn", [["pk", "S"]]);
  const arn = `arn:aws:dynamodb:us-east-1:000000000000:table/${TableName}`;
  const put = await client.send(
    new PutItemCommand({
      TableName: arn,
      Item: { pk: { S: "a" } },
      ReturnConsumedCapacity: "TOTAL",
    }),
  );
  assert.deepEqual(put.ConsumedCapacity, { TableName: arn, CapacityUnits: 1 });
  const { Table } = await client.send(new DescribeTableCommand({ TableName: arn }));
  assert.equal(Table.TableName, TableName);
});

test("an item of a table that is not there is ResourceNotFoundException", async () => {
  const put = new PutItemCommand({ TableName: "nowhere", Item: { pk: { S: "a" } } });
  await assert.rejects(client.send(put), (error) => {
    assert.ok(error instanceof ResourceNotFoundException);
    assert.equal(error.message, "Requested resource not found");
    assert.equal(error.$metadata.httpStatusCode, 400);
    assert.match(error.$metadata.requestId, /^[0-9A-Z]{52}$/);
    return true;
  });
});

test("limits and endpoints are described", async () => {
  const limits = await client.send(new DescribeLimitsCommand({}));
  assert.equal(limits.TableMaxReadCapacityUnits, 40_000);
  assert.equal(limits.AccountMaxReadCapacityUnits, 80_000);
  const { Endpoints } = await client.send(new DescribeEndpointsCommand({}));
  assert.equal(Endpoints.length, 1);
  assert.equal(Endpoints[0].Address, new URL(stator.endpoint).host);
  assert.equal(Endpoints[0].CachePeriodInMinutes, 1440);
});
