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

# What the operations that are refused want, all in one: what one does not know it ignores.
ARN = "arn:aws:dynamodb:eu-west-1:000000000000:table/Music"
REFUSED = {
    "TableName": "Music",
    "BackupName": "backup",
    "BackupArn": ARN + "/backup/01700000000000-00000000",
    "SourceTableName": "Music",
    "TargetTableName": "Copy",
    "UseLatestRestorableTime": True,
    "TableArn": ARN,
    "S3Bucket": "bucket",
    "ExportArn": ARN + "/export/01700000000000-00000000",
    "S3BucketSource": {"S3Bucket": "bucket"},
    "InputFormat": "ION",
    "TableCreationParameters": {**TABLE, "TableName": "Copy"},
    "ImportArn": ARN + "/import/01700000000000-00000000",
    "GlobalTableName": "Music",
    "ReplicationGroup": [{"RegionName": "eu-west-1"}],
    "ReplicaUpdates": [{"RegionName": "us-west-2", "Create": {"RegionName": "us-west-2"}}],
}
WORDS_OF_A_REFUSAL = "ValidationException .* is not supported|NotFoundException .* not found: "


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
        groups = ("Served,", "Answered so", "Known, with", "Not there,")
        every = [operation for group in groups for operation in listed(group)]
        self.assertEqual(len(every), OPERATIONS_OF_AWS)
        self.assertEqual(len(set(every)), OPERATIONS_OF_AWS)

    def test_what_is_said_to_be_there_is_there(self) -> None:
        for operation in listed("Served,") + listed("Answered so"):
            with self.subTest(operation):
                self.assertTrue(self.is_known(operation))

    def test_what_is_refused_is_known(self) -> None:
        self.server.call("CreateTable", TABLE)
        self.server.call(
            "UpdateContinuousBackups",
            {
                "TableName": "Music",
                "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": True},
            },
        )
        for operation in listed("Known, with"):
            with self.subTest(operation):
                status, answer = self.server.call(operation, REFUSED)
                self.assertEqual(status, 400)
                self.assertRegex(f"{answer['__type']} {answer['message']}", WORDS_OF_A_REFUSAL)

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
