"""boto3 as an application has it, but for the endpoint, and for retries, which hide failures."""

from typing import Any

import boto3
from botocore.config import Config
from stator_process import StatorProcess, StatorTestCase

CONFIG = Config(retries={"total_max_attempts": 1}, max_pool_connections=1)

# One for all clients: reading the service model takes longer than most tests.
SESSION = boto3.Session("local", "local", region_name="us-east-1")


def client(stator: StatorProcess) -> Any:
    return SESSION.client("dynamodb", endpoint_url=stator.endpoint, config=CONFIG)


def resource(stator: StatorProcess) -> Any:
    return SESSION.resource("dynamodb", endpoint_url=stator.endpoint, config=CONFIG)


class Boto3TestCase(StatorTestCase):
    """A server, a client and a resource for the tests of one class."""

    client: Any
    resource: Any

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.client = client(cls.stator)
        cls.addClassCleanup(cls.client.close)
        cls.resource = resource(cls.stator)
        cls.addClassCleanup(cls.resource.meta.client.close)

    def clients(self, count: int) -> list[Any]:
        """As many clients, each with a connection of its own, for the threads of one test."""
        made = [client(self.stator) for _ in range(count)]
        for each in made:
            self.addCleanup(each.close)
        return made

    @classmethod
    def create_table(cls, name: str, *keys: tuple[str, str]) -> Any:
        """An on-demand table that is there; keys are (name, type), the hash key first."""
        table = cls.resource.create_table(
            TableName=name,
            AttributeDefinitions=[{"AttributeName": k, "AttributeType": t} for k, t in keys],
            KeySchema=[
                {"AttributeName": k, "KeyType": kind} for (k, _), kind in zip(keys, ["HASH", "RANGE"])
            ],
            BillingMode="PAY_PER_REQUEST",
        )
        table.wait_until_exists()
        return table
