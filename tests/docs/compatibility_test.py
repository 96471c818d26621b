"""docs/compatibility.md against a server: the operations that it lists, the defaults that it names."""

import re
import unittest
from pathlib import Path

from server import Server

DOCUMENT = Path(__file__).resolve().parents[2] / "docs/compatibility.md"
STREAMS = {"ListStreams", "DescribeStream", "GetShardIterator", "GetRecords"}
OPERATIONS_OF_AWS = 62  # 58 of DynamoDB, 4 of its streams

TABLE = {
    "TableName": "Music",
    "AttributeDefinitions": [
        {"AttributeName": "pk", "AttributeType": "S"},
        {"AttributeName": "g", "AttributeType": "S"},
    ],
    "KeySchema": [{"AttributeName": "pk", "KeyType": "HASH"}],
    "GlobalSecondaryIndexes": [
        {
            "IndexName": "by-g",
            "KeySchema": [{"AttributeName": "g", "KeyType": "HASH"}],
            "Projection": {"ProjectionType": "ALL"},
        }
    ],
    "BillingMode": "PAY_PER_REQUEST",
}


def listed(first_words: str) -> list[str]:
    """The operations of the table behind the paragraph that begins so."""
    text = DOCUMENT.read_text()
    table = text[text.index(f"\n{first_words}") :].split("\n\n")[1]
    return re.findall(r"`(\w+)`", table)


class Compatibility(unittest.TestCase):
    def setUp(self) -> None:
        self.server = Server()
        self.addCleanup(self.server.end)

    def is_known(self, operation: str) -> bool:
        service = "DynamoDBStreams_20120810" if operation in STREAMS else "DynamoDB_20120810"
        _, answer = self.server.call(operation, {}, service)
        return not answer.get("__type", "").endswith("#UnknownOperationException")

    def test_each_operation_stands_in_one_list(self) -> None:
        every = listed("Served,") + listed("Answered so") + listed("Not there,")
        self.assertEqual(len(every), OPERATIONS_OF_AWS)
        self.assertEqual(len(set(every)), OPERATIONS_OF_AWS)

    def test_what_is_said_to_be_there_is_there(self) -> None:
        for operation in listed("Served,") + listed("Answered so"):
            with self.subTest(operation):
                self.assertTrue(self.is_known(operation))

    def test_what_is_said_not_to_be_there_is_not_there(self) -> None:
        for operation in listed("Not there,"):
            with self.subTest(operation):
                self.assertFalse(self.is_known(operation))

    def test_defaults_are_as_the_table_of_differences_says(self) -> None:
        status, created = self.server.call("CreateTable", TABLE)
        self.assertEqual(status, 200, created)
        description = self.server.call("DescribeTable", {"TableName": "Music"})[1]["Table"]
        self.assertEqual(description["TableStatus"], "ACTIVE")
        self.assertEqual(
            description["TableArn"], "arn:aws:dynamodb:eu-west-1:000000000000:table/Music"
        )
        self.assertEqual(
            self.server.call("ListTables", {}, region="us-east-1")[1], {"TableNames": ["Music"]}
        )

    def test_an_index_follows_at_once(self) -> None:
        self.server.call("CreateTable", TABLE)
        item = {"pk": {"S": "a"}, "g": {"S": "b"}}
        self.server.call("PutItem", {"TableName": "Music", "Item": item})
        query = {
            "TableName": "Music",
            "IndexName": "by-g",
            "KeyConditionExpression": "g = :g",
            "ExpressionAttributeValues": {":g": {"S": "b"}},
        }
        self.assertEqual(self.server.call("Query", query)[1]["Items"], [item])


if __name__ == "__main__":
    unittest.main()
