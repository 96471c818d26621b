"""Items as boto3 sees them: the resource API with its Python types, and the client API."""

import unittest
from decimal import Decimal
from typing import Any

from boto3.dynamodb.conditions import Attr, Key
from boto3.dynamodb.types import Binary
from connection import Boto3TestCase


class Items(Boto3TestCase):
    table: Any

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.table = cls.create_table("items", ("pk", "S"), ("sk", "N"))

    def read(self, key: dict[str, Any]) -> dict[str, Any] | None:
        return self.table.get_item(Key=key, ConsistentRead=True).get("Item")

    def test_python_values_of_every_type_come_back_equal(self) -> None:
        item = {
            "pk": "types",
            "sk": 1,
            "text": 'ä "quoted" \\ \n 漢字 🦖',
            "empty": "",
            "integer": Decimal(42),
            "digits": Decimal("-1234567890.1234567890123456789012345678"),
            "large": Decimal("9.9E+37"),
            "small": Decimal("1E-130"),
            "bytes": Binary(bytes(range(256))),
            "yes": True,
            "nothing": None,
            "list": [Decimal(1), "two", [None], {"three": Decimal(3)}],
            "map": {"a.b": {"deep": [False]}},
            "strings": {"a", "b", "ü"},
            "numbers": {Decimal(1), Decimal("2.5"), Decimal("-3E+10")},
            "binaries": {Binary(b"\x00"), Binary(b"\xff\x00")},
        }
        self.table.put_item(Item=item)
        self.assertEqual(self.read({"pk": "types", "sk": 1}), item)

    def test_the_client_api_speaks_typed_attributes(self) -> None:
        item = {
            "pk": {"S": "typed"},
            "sk": {"N": "-0.5"},
            "b": {"B": b"\x00\x01\xfe"},
            "ns": {"NS": ["1"]},
            "bs": {"BS": [b"x"]},
            "null": {"NULL": True},
            "m": {"M": {"l": {"L": [{"BOOL": False}]}}},
        }
        self.client.put_item(TableName="items", Item=item)
        key = {"pk": {"S": "typed"}, "sk": {"N": "-0.50"}}
        self.assertEqual(self.client.get_item(TableName="items", Key=key)["Item"], item)

    def test_a_missing_item_is_absent(self) -> None:
        self.assertIsNone(self.read({"pk": "missing", "sk": 1}))

    def test_put_returns_the_old_item(self) -> None:
        old = {"pk": "put", "sk": 1, "a": "old"}
        self.assertNotIn("Attributes", self.table.put_item(Item=old, ReturnValues="ALL_OLD"))
        new = {"pk": "put", "sk": 1, "b": "new"}
        self.assertEqual(self.table.put_item(Item=new, ReturnValues="ALL_OLD")["Attributes"], old)
        self.assertEqual(self.read({"pk": "put", "sk": 1}), new)

    def test_update_sets_adds_removes_and_returns(self) -> None:
        key = {"pk": "update", "sk": 1}
        self.table.put_item(Item={**key, "n": 1, "gone": "x", "tags": {"a", "b"}, "l": [1]})
        result = self.table.update_item(
            Key=key,
            UpdateExpression="SET #l = list_append(#l, :l), n = n + :n REMOVE gone DELETE tags :t",
            ExpressionAttributeNames={"#l": "l"},
            ExpressionAttributeValues={":l": ["two"], ":n": Decimal("0.5"), ":t": {"b"}},
            ReturnValues="ALL_NEW",
        )
        expected = {**key, "n": Decimal("1.5"), "tags": {"a"}, "l": [1, "two"]}
        self.assertEqual(result["Attributes"], expected)
        self.assertEqual(self.read(key), expected)

    def test_delete_with_a_condition(self) -> None:
        key = {"pk": "delete", "sk": 1}
        item = {**key, "state": "open"}
        self.table.put_item(Item=item)
        with self.assertRaises(self.client.exceptions.ConditionalCheckFailedException) as raised:
            self.table.delete_item(Key=key, ConditionExpression=Attr("state").eq("closed"))
        self.assertEqual(
            raised.exception.response["Error"]["Message"], "The conditional request failed"
        )
        self.assertEqual(self.read(key), item)
        deleted = self.table.delete_item(
            Key=key, ConditionExpression=Attr("state").eq("open"), ReturnValues="ALL_OLD"
        )
        self.assertEqual(deleted["Attributes"], item)
        self.assertIsNone(self.read(key))

    def test_conditions_built_by_boto3_decide(self) -> None:
        key = {"pk": "conditions", "sk": 1}
        self.table.put_item(
            Item={**key, "n": 5, "s": "hello", "tags": {"a"}, "m": {"l": [1, 2]}, "none": None}
        )
        outcomes = [
            (Attr("n").between(4, 5) & Attr("s").begins_with("he"), True),
            (Attr("n").lt(5) | Attr("n").gt(5), False),
            (~Attr("n").eq(6), True),
            (Attr("n").ne(5), False),
            (Attr("n").is_in([1, 5]), True),
            (Attr("tags").contains("a"), True),
            (Attr("s").contains("xyz"), False),
            (Attr("s").size().gte(5), True),
            (Attr("m.l[1]").eq(2), True),
            (Attr("m.l[2]").exists(), False),
            (Attr("absent").not_exists(), True),
            (Attr("tags").attribute_type("SS"), True),
            (Attr("none").eq(None), True),
        ]
        for i, (condition, holds) in enumerate(outcomes):
            with self.subTest(i=i):
                found = self.table.query(
                    KeyConditionExpression=Key("pk").eq("conditions"), FilterExpression=condition
                )
                self.assertEqual(found["Count"], 1 if holds else 0)
                self.assertEqual(found["ScannedCount"], 1)

    def test_a_batch_writer_writes_and_deletes_in_batches(self) -> None:
        with self.table.batch_writer(overwrite_by_pkeys=["pk", "sk"]) as batch:
            for sk in range(60):
                batch.put_item(Item={"pk": "batch", "sk": sk, "first": True})
            for sk in range(60):
                batch.put_item(Item={"pk": "batch", "sk": sk, "first": False})
            for sk in range(0, 60, 2):
                batch.delete_item(Key={"pk": "batch", "sk": sk})
        items = self.table.query(KeyConditionExpression=Key("pk").eq("batch"))["Items"]
        self.assertEqual([int(item["sk"]) for item in items], list(range(1, 60, 2)))
        self.assertFalse(any(item["first"] for item in items))

    def test_a_batch_get_reads_100_keys_of_two_tables(self) -> None:
        other = self.create_table("other-items", ("id", "N"))
        with other.batch_writer() as batch:
            for i in range(50):
                batch.put_item(Item={"id": i})
        with self.table.batch_writer() as batch:
            for i in range(50):
                batch.put_item(Item={"pk": "get", "sk": i})
        result = self.resource.batch_get_item(
            RequestItems={
                "other-items": {"Keys": [{"id": i} for i in range(50)], "ConsistentRead": True},
                "items": {"Keys": [{"pk": "get", "sk": i} for i in range(50)]},
            },
            ReturnConsumedCapacity="TOTAL",
        )
        numbers = sorted(int(item["id"]) for item in result["Responses"]["other-items"])
        self.assertEqual(numbers, list(range(50)))
        self.assertEqual(len(result["Responses"]["items"]), 50)
        self.assertEqual(result["UnprocessedKeys"], {})
        units = {each["TableName"]: each["CapacityUnits"] for each in result["ConsumedCapacity"]}
        self.assertEqual(units, {"other-items": 50.0, "items": 25.0})

    def test_a_large_reply_arrives_whole_compressed_or_not(self) -> None:
        # botocore checks x-amz-crc32 of every reply and asks for gzip.
        text = "stator " * 10_000
        self.table.put_item(Item={"pk": "large", "sk": 1, "text": text})
        item = self.read({"pk": "large", "sk": 1})
        assert item is not None
        self.assertEqual(item["text"], text)


if __name__ == "__main__":
    unittest.main()
