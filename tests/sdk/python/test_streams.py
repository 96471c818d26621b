"""Streams as boto3 sees them."""

import unittest
from typing import Any

from botocore.exceptions import ClientError
from connection import CONFIG, SESSION, Boto3TestCase

BOTH = {"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}


class Streams(Boto3TestCase):
    streams: Any

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.streams = SESSION.client(
            "dynamodbstreams", endpoint_url=cls.stator.endpoint, config=CONFIG
        )
        cls.addClassCleanup(cls.streams.close)

    def create(self, name: str) -> tuple[Any, str]:
        """A table and the ARN of its stream."""
        table = self.create_table(name, ("pk", "S"))
        self.client.update_table(TableName=name, StreamSpecification=BOTH)
        self.client.get_waiter("table_exists").wait(TableName=name)
        table.reload()
        return table, table.latest_stream_arn

    def shards(self, arn: str, page_size: int = 100) -> list[dict[str, Any]]:
        shards: list[dict[str, Any]] = []
        request: dict[str, Any] = {"StreamArn": arn, "Limit": page_size}
        while True:
            page = self.streams.describe_stream(**request)["StreamDescription"]
            shards += page["Shards"]
            if "LastEvaluatedShardId" not in page:
                return shards
            request["ExclusiveStartShardId"] = page["LastEvaluatedShardId"]

    def read(self, arn: str, shard: dict[str, Any]) -> tuple[list[dict[str, Any]], bool]:
        """All records of a shard, and whether it has ended."""
        records: list[dict[str, Any]] = []
        iterator = self.streams.get_shard_iterator(
            StreamArn=arn, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
        )["ShardIterator"]
        while True:
            page = self.streams.get_records(ShardIterator=iterator, Limit=3)
            records += page["Records"]
            if "NextShardIterator" not in page:
                return records, True
            if not page["Records"]:
                return records, False
            iterator = page["NextShardIterator"]

    def test_every_change_is_read_once(self) -> None:
        table, arn = self.create("changes")
        for i in range(20):
            table.put_item(Item={"pk": f"key{i % 7}", "n": i})
        table.delete_item(Key={"pk": "key0"})
        records = [r for shard in self.shards(arn, 3) for r in self.read(arn, shard)[0]]
        self.assertEqual(len(records), 21)
        self.assertEqual(len({r["eventID"] for r in records}), 21)
        kinds = [r["eventName"] for r in records]
        self.assertEqual({k: kinds.count(k) for k in kinds}, {"INSERT": 7, "MODIFY": 13, "REMOVE": 1})
        for record in records:
            change = record["dynamodb"]
            self.assertEqual("NewImage" in change, record["eventName"] != "REMOVE")
            self.assertEqual("OldImage" in change, record["eventName"] != "INSERT")

    def test_a_disabled_stream_is_read_to_its_end(self) -> None:
        table, arn = self.create("disabled")
        table.put_item(Item={"pk": "a"})
        self.client.update_table(
            TableName="disabled", StreamSpecification={"StreamEnabled": False}
        )
        read = [self.read(arn, shard) for shard in self.shards(arn)]
        self.assertEqual(sum(len(records) for records, _ in read), 1)
        self.assertTrue(all(has_ended for _, has_ended in read))

    def test_shards_split_with_their_table(self) -> None:
        _, arn = self.create("split")
        parents = {shard["ShardId"] for shard in self.shards(arn)}
        self.client.update_table(
            TableName="split",
            ProvisionedThroughput={"ReadCapacityUnits": 1, "WriteCapacityUnits": 7900},
            BillingMode="PROVISIONED",
        )
        children = [s for s in self.shards(arn, 5) if "ParentShardId" in s]
        self.assertEqual(len(children), 8)
        self.assertEqual({s["ParentShardId"] for s in children}, parents)

    def test_a_stream_is_not_enabled_twice(self) -> None:
        self.create("twice")
        with self.assertRaises(ClientError) as caught:
            self.client.update_table(TableName="twice", StreamSpecification=BOTH)
        self.assertEqual(caught.exception.response["Error"]["Code"], "ValidationException")
        self.assertIn("already has an enabled stream", str(caught.exception))

    def test_what_is_not_there_is_a_modelled_exception(self) -> None:
        _, arn = self.create("missing")
        with self.assertRaises(self.streams.exceptions.ResourceNotFoundException):
            self.streams.describe_stream(StreamArn=arn.replace("missing", "nothing"))


if __name__ == "__main__":
    unittest.main()
