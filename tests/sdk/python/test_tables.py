"""Tables as boto3 sees them."""

import unittest
from datetime import datetime, timedelta, timezone

from botocore.exceptions import ClientError
from connection import Boto3TestCase


class Tables(Boto3TestCase):
    def test_a_table_is_created_awaited_described_changed_and_deleted(self) -> None:
        created = self.client.create_table(
            TableName="life",
            AttributeDefinitions=[
                {"AttributeName": "pk", "AttributeType": "B"},
                {"AttributeName": "sk", "AttributeType": "N"},
            ],
            KeySchema=[
                {"AttributeName": "pk", "KeyType": "HASH"},
                {"AttributeName": "sk", "KeyType": "RANGE"},
            ],
            ProvisionedThroughput={"ReadCapacityUnits": 3, "WriteCapacityUnits": 4},
        )["TableDescription"]
        self.assertEqual(created["TableName"], "life")
        self.client.get_waiter("table_exists").wait(TableName="life")

        table = self.client.describe_table(TableName="life")["Table"]
        self.assertEqual(table["TableStatus"], "ACTIVE")
        self.assertEqual(table["TableArn"], "arn:aws:dynamodb:us-east-1:000000000000:table/life")
        self.assertEqual(table["ItemCount"], 0)
        self.assertEqual(table["ProvisionedThroughput"]["ReadCapacityUnits"], 3)
        self.assertEqual(table["ProvisionedThroughput"]["NumberOfDecreasesToday"], 0)
        age = datetime.now(timezone.utc) - table["CreationDateTime"]
        self.assertLess(abs(age), timedelta(minutes=1))

        self.client.update_table(
            TableName="life",
            ProvisionedThroughput={"ReadCapacityUnits": 10, "WriteCapacityUnits": 4},
        )
        self.client.get_waiter("table_exists").wait(TableName="life")
        table = self.client.describe_table(TableName="life")["Table"]
        self.assertEqual(table["ProvisionedThroughput"]["ReadCapacityUnits"], 10)
        self.assertEqual(table["ProvisionedThroughput"]["WriteCapacityUnits"], 4)

        deleted = self.client.delete_table(TableName="life")["TableDescription"]
        self.assertEqual(deleted["TableStatus"], "DELETING")
        self.client.get_waiter("table_not_exists").wait(TableName="life")
        with self.assertRaises(self.client.exceptions.ResourceNotFoundException):
            self.client.describe_table(TableName="life")

    def test_the_resource_api_waits_and_loads(self) -> None:
        table = self.create_table("by-resource", ("pk", "S"))
        table.load()
        self.assertEqual(table.table_status, "ACTIVE")
        self.assertEqual(table.item_count, 0)
        self.assertEqual(table.billing_mode_summary["BillingMode"], "PAY_PER_REQUEST")
        self.assertIn("by-resource", [each.name for each in self.resource.tables.all()])
        table.delete()
        table.wait_until_not_exists()
        self.assertNotIn("by-resource", [each.name for each in self.resource.tables.all()])

    def test_table_names_are_listed_in_pages(self) -> None:
        expected = [f"list-{i}" for i in range(5)]
        for name in reversed(expected):
            self.create_table(name, ("pk", "S"))
        pages = self.client.get_paginator("list_tables").paginate(PaginationConfig={"PageSize": 2})
        names = [name for page in pages for name in page["TableNames"]]
        self.assertEqual([name for name in names if name.startswith("list-")], expected)

    def test_a_taken_name_is_resource_in_use(self) -> None:
        self.create_table("taken", ("pk", "S"))
        with self.assertRaises(self.client.exceptions.ResourceInUseException) as raised:
            self.create_table("taken", ("pk", "S"))
        self.assertEqual(
            raised.exception.response["Error"],
            {"Code": "ResourceInUseException", "Message": "Table already exists: taken"},
        )

    def test_an_error_carries_code_message_status_and_request_id(self) -> None:
        with self.assertRaises(ClientError) as raised:
            self.client.describe_table(TableName="no-such-table")
        response = raised.exception.response
        self.assertEqual(response["Error"]["Code"], "ResourceNotFoundException")
        self.assertEqual(
            response["Error"]["Message"],
            "Requested resource not found: Table: no-such-table not found",
        )
        self.assertEqual(response["ResponseMetadata"]["HTTPStatusCode"], 400)
        self.assertRegex(response["ResponseMetadata"]["RequestId"], r"^[0-9A-Z]{52}$")

    def test_limits_and_endpoints_are_described(self) -> None:
        self.assertEqual(self.client.describe_limits()["TableMaxWriteCapacityUnits"], 40_000)
        endpoints = self.client.describe_endpoints()["Endpoints"]
        self.assertEqual(
            endpoints,
            [{"Address": self.stator.endpoint.removeprefix("http://"), "CachePeriodInMinutes": 1440}],
        )


if __name__ == "__main__":
    unittest.main()
