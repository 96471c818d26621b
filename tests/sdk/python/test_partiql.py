"""PartiQL as boto3 sees it."""

import unittest

from botocore.exceptions import ClientError
from connection import Boto3TestCase


class PartiQL(Boto3TestCase):
    def setUp(self) -> None:
        super().setUp()
        self.client = self.resource.meta.client
        self.name = self.id().rsplit(".", maxsplit=1)[-1]
        self.resource.create_table(
            TableName=self.name,
            AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
            BillingMode="PAY_PER_REQUEST",
        )

    def test_statements_take_parameters(self) -> None:
        insert = f"INSERT INTO \"{self.name}\" VALUE {{'pk': ?, 'data': ?}}"
        self.client.execute_statement(Statement=insert, Parameters=["a", b"bytes"])
        found = self.client.execute_statement(
            Statement=f'SELECT * FROM "{self.name}" WHERE pk = ?', Parameters=["a"]
        )
        self.assertEqual([item["data"].value for item in found["Items"]], [b"bytes"])

    def test_a_duplicate_is_an_exception_of_its_own(self) -> None:
        insert = f"INSERT INTO \"{self.name}\" VALUE {{'pk': 'a'}}"
        self.client.execute_statement(Statement=insert)
        with self.assertRaises(self.client.exceptions.DuplicateItemException):
            self.client.execute_statement(Statement=insert)

    def test_a_statement_that_is_none_is_refused(self) -> None:
        with self.assertRaisesRegex(ClientError, "Statement wasn't well formed"):
            self.client.execute_statement(Statement="nothing")

    def test_a_batch_writes(self) -> None:
        statements = [
            {"Statement": f"INSERT INTO \"{self.name}\" VALUE {{'pk': '{key}'}}"} for key in "abc"
        ]
        self.client.batch_execute_statement(Statements=statements)
        self.assertEqual(self.resource.Table(self.name).scan()["Count"], 3)


if __name__ == "__main__":
    unittest.main()
