"""Secondary indexes as boto3 sees them."""

import unittest
from typing import Any

from boto3.dynamodb.conditions import Attr, Key
from connection import Boto3TestCase


def definitions(**types: str) -> list[dict[str, str]]:
    return [{"AttributeName": name, "AttributeType": kind} for name, kind in types.items()]


def schema(*names: str) -> list[dict[str, str]]:
    kinds = ("HASH", "RANGE")
    return [{"AttributeName": n, "KeyType": k} for n, k in zip(names, kinds)]


class Indexes(Boto3TestCase):
    def games(self, name: str) -> Any:
        """A table with a global index on titles and a local one on scores."""
        table = self.resource.create_table(
            TableName=name,
            AttributeDefinitions=definitions(user="S", game="S", score="N"),
            KeySchema=schema("user", "game"),
            BillingMode="PAY_PER_REQUEST",
            LocalSecondaryIndexes=[
                {
                    "IndexName": "own-scores",
                    "KeySchema": schema("user", "score"),
                    "Projection": {"ProjectionType": "ALL"},
                }
            ],
            GlobalSecondaryIndexes=[
                {
                    "IndexName": "best",
                    "KeySchema": schema("game", "score"),
                    "Projection": {"ProjectionType": "KEYS_ONLY"},
                }
            ],
        )
        table.wait_until_exists()
        return table

    def index_of(self, table: str, name: str) -> dict[str, Any]:
        """The global index once it is ACTIVE."""
        for _ in range(1000):
            described = self.client.describe_table(TableName=table)["Table"]
            for index in described.get("GlobalSecondaryIndexes", []):
                if index["IndexName"] == name and index["IndexStatus"] == "ACTIVE":
                    return index
        self.fail(f"{name} is not ACTIVE after 1000 looks")

    def test_queries_of_indexes_are_in_order_and_filtered(self) -> None:
        table = self.games("games")
        with table.batch_writer() as batch:
            for i, user in enumerate(["ann", "bob", "cat"]):
                batch.put_item(Item={"user": user, "game": "go", "score": 10 * (i + 1), "x": i})
                batch.put_item(Item={"user": user, "game": "chess", "score": -i, "x": i})
            batch.put_item(Item={"user": "dan", "game": "go"})
        best = table.query(
            IndexName="best",
            KeyConditionExpression=Key("game").eq("go") & Key("score").gte(20),
            ScanIndexForward=False,
        )
        self.assertEqual([each["user"] for each in best["Items"]], ["cat", "bob"])
        self.assertEqual(set(best["Items"][0]), {"user", "game", "score"})
        own = table.query(
            IndexName="own-scores",
            KeyConditionExpression=Key("user").eq("bob"),
            FilterExpression=Attr("x").eq(1),
            ConsistentRead=True,
        )
        self.assertEqual([each["game"] for each in own["Items"]], ["chess", "go"])
        self.assertEqual(table.scan(IndexName="best")["Count"], 6)

    def test_an_index_is_added_used_changed_and_deleted(self) -> None:
        table = self.games("living")
        for i in range(30):
            table.put_item(Item={"user": f"u{i}", "game": "go", "score": i, "team": f"t{i % 3}"})
        self.client.update_table(
            TableName="living",
            AttributeDefinitions=definitions(team="S", score="N"),
            GlobalSecondaryIndexUpdates=[
                {
                    "Create": {
                        "IndexName": "by-team",
                        "KeySchema": schema("team", "score"),
                        "Projection": {"ProjectionType": "ALL"},
                    }
                }
            ],
        )
        self.assertEqual(self.index_of("living", "by-team")["ItemCount"], 30)
        found = table.query(IndexName="by-team", KeyConditionExpression=Key("team").eq("t1"))
        self.assertEqual([int(each["score"]) for each in found["Items"]], list(range(1, 30, 3)))

        self.client.update_table(
            TableName="living",
            GlobalSecondaryIndexUpdates=[{"Delete": {"IndexName": "by-team"}}],
        )
        described = self.client.describe_table(TableName="living")["Table"]
        names = [index["IndexName"] for index in described["GlobalSecondaryIndexes"]]
        self.assertEqual(names, ["best"])
        self.assertNotIn("team", [d["AttributeName"] for d in described["AttributeDefinitions"]])

    def test_the_paginator_walks_an_index(self) -> None:
        table = self.games("paged")
        for i in range(17):
            table.put_item(Item={"user": f"u{i:02}", "game": "go", "score": 1})
        pages = self.client.get_paginator("query").paginate(
            TableName="paged",
            IndexName="best",
            KeyConditionExpression="game = :g",
            ExpressionAttributeValues={":g": {"S": "go"}},
            PaginationConfig={"PageSize": 5},
        )
        users = [item["user"]["S"] for page in pages for item in page["Items"]]
        self.assertEqual(sorted(users), [f"u{i:02}" for i in range(17)])

    def test_an_unknown_index_is_a_validation_error(self) -> None:
        table = self.games("unknown")
        with self.assertRaises(self.client.exceptions.ClientError) as raised:
            table.query(IndexName="nothing", KeyConditionExpression=Key("game").eq("go"))
        self.assertEqual(
            raised.exception.response["Error"],
            {
                "Code": "ValidationException",
                "Message": "The table does not have the specified index: nothing",
            },
        )


if __name__ == "__main__":
    unittest.main()
