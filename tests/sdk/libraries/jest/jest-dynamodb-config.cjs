// As its readme has it, but for the port of a server that runs already.
module.exports = {
  port: Number(process.env.STATOR_PORT),
  hostname: "127.0.0.1",
  tables: [
    {
      TableName: "files",
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 },
    },
  ],
};
