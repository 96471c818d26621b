// Run by jest_dynamodb.test.mjs, with the tables of the preset.
const { DynamoDB } = require("@aws-sdk/client-dynamodb");
const { DynamoDBDocument } = require("@aws-sdk/lib-dynamodb");

const client = new DynamoDB({
  endpoint: `http://127.0.0.1:${process.env.STATOR_PORT}`,
  region: "local-env",
  credentials: { accessKeyId: "fakeMyKeyId", secretAccessKey: "fakeSecretAccessKey" },
});
const documents = DynamoDBDocument.from(client);

afterAll(() => client.destroy());

test("the preset's tables are beside those that were there", async () => {
  const { TableNames } = await client.listTables({});
  expect(TableNames).toEqual(["before", "files"]);
});

test("an item is read as it was written", async () => {
  await documents.put({ TableName: "files", Item: { id: "1", hello: "world" } });
  const { Item } = await documents.get({ TableName: "files", Key: { id: "1" } });
  expect(Item).toEqual({ id: "1", hello: "world" });
});
