"""100 boto3 clients at once, each with a thread and a connection of its own."""

import unittest
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from connection import Boto3TestCase

CLIENTS = 100
ROUNDS = 5


class Concurrency(Boto3TestCase):
    def test_100_clients_read_what_they_wrote_and_lose_no_update(self) -> None:
        self.create_table("shared", ("pk", "S"))
        clients = self.clients(CLIENTS)

        def work(i: int) -> None:
            for number in range(ROUNDS):
                key = {"pk": {"S": f"client-{i}-{number}"}}
                clients[i].put_item(TableName="shared", Item={**key, "by": {"N": str(i)}})
                clients[i].update_item(
                    TableName="shared",
                    Key={"pk": {"S": "hits"}},
                    UpdateExpression="ADD hits :one",
                    ExpressionAttributeValues={":one": {"N": "1"}},
                )
                read = clients[i].get_item(TableName="shared", Key=key, ConsistentRead=True)
                self.assertEqual(read["Item"]["by"], {"N": str(i)})

        with ThreadPoolExecutor(CLIENTS) as pool:
            list(pool.map(work, range(CLIENTS)))
        hits: dict[str, Any] = self.client.get_item(
            TableName="shared", Key={"pk": {"S": "hits"}}, ConsistentRead=True
        )["Item"]
        self.assertEqual(hits["hits"], {"N": str(CLIENTS * ROUNDS)})
        count = self.client.scan(TableName="shared", Select="COUNT", ConsistentRead=True)["Count"]
        self.assertEqual(count, CLIENTS * ROUNDS + 1)


if __name__ == "__main__":
    unittest.main()
