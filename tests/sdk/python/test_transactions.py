"""Transactions as boto3 sees them: reasons, tokens, conflicts."""

import unittest
from typing import Any

from botocore.exceptions import ClientError
from connection import Boto3TestCase


def put(key: str, **more: Any) -> dict[str, Any]:
    return {"Put": {"TableName": "items", "Item": {"pk": {"S": key}}, **more}}


class Transactions(Boto3TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.create_table("items", ("pk", "S"))

    def get(self, *keys: str) -> list[dict[str, Any]]:
        gets = [{"Get": {"TableName": "items", "Key": {"pk": {"S": key}}}} for key in keys]
        return self.client.transact_get_items(TransactItems=gets)["Responses"]

    def test_all_is_written_or_nothing(self) -> None:
        self.client.transact_write_items(TransactItems=[put("a"), put("b")])
        self.assertEqual(self.get("a", "b"), [{"Item": {"pk": {"S": k}}} for k in "ab"])
        failing = put("d", ConditionExpression="attribute_exists(pk)")
        with self.assertRaises(self.client.exceptions.TransactionCanceledException) as raised:
            self.client.transact_write_items(TransactItems=[put("c"), failing])
        reasons = raised.exception.response["CancellationReasons"]
        self.assertEqual([r["Code"] for r in reasons], ["None", "ConditionalCheckFailed"])
        self.assertEqual(self.get("c", "d"), [{}, {}])

    def test_a_token_is_known_again(self) -> None:
        def write(key: str) -> dict[str, Any]:
            return self.client.transact_write_items(
                TransactItems=[put(key)],
                ClientRequestToken="one",
                ReturnConsumedCapacity="TOTAL",
            )["ConsumedCapacity"][0]

        self.assertEqual(write("a")["WriteCapacityUnits"], 2)
        self.assertEqual(write("a")["ReadCapacityUnits"], 2)
        with self.assertRaises(ClientError) as raised:
            write("b")
        code = raised.exception.response["Error"]["Code"]
        self.assertEqual(code, "IdempotentParameterMismatchException")


if __name__ == "__main__":
    unittest.main()
