"""The AWS CLI v2 as an operator uses it."""

import json
import os
import subprocess
import sys
import unittest
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "python"))
from stator_process import StatorTestCase  # noqa: E402

AWS = "/usr/bin/aws"  # the distribution's, whatever else is on PATH
COMMAND_SECONDS = 120


class Cli(StatorTestCase):
    def run_aws(
        self, *arguments: str, service: str = "dynamodb"
    ) -> subprocess.CompletedProcess[str]:
        command = [AWS, "--endpoint-url", self.stator.endpoint, "--output", "json", service]
        return subprocess.run(
            [*command, *arguments],
            env={**os.environ, "AWS_PAGER": ""},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=COMMAND_SECONDS,
            check=False,
        )

    def aws(self, *arguments: str, service: str = "dynamodb") -> Any:
        """What a command that succeeds prints, parsed; None when it prints nothing."""
        result = self.run_aws(*arguments, service=service)
        self.assertEqual(result.returncode, 0, result.stderr)
        return json.loads(result.stdout) if result.stdout.strip() else None

    def create_table(self, name: str) -> None:
        self.aws(
            *("create-table", "--table-name", name, "--billing-mode", "PAY_PER_REQUEST"),
            *("--attribute-definitions", "AttributeName=pk,AttributeType=S"),
            "AttributeName=sk,AttributeType=N",
            *("--key-schema", "AttributeName=pk,KeyType=HASH", "AttributeName=sk,KeyType=RANGE"),
        )
        self.aws("wait", "table-exists", "--table-name", name)

    def put(self, table: str, item: dict[str, Any]) -> None:
        self.aws("put-item", "--table-name", table, "--item", json.dumps(item))

    def test_a_table_is_created_awaited_listed_and_deleted(self) -> None:
        self.create_table("life")
        table = self.aws("describe-table", "--table-name", "life")["Table"]
        self.assertEqual(table["TableStatus"], "ACTIVE")
        self.assertIn("life", self.aws("list-tables")["TableNames"])
        deleted = self.aws("delete-table", "--table-name", "life")["TableDescription"]
        self.assertEqual(deleted["TableStatus"], "DELETING")
        self.aws("wait", "table-not-exists", "--table-name", "life")
        self.assertNotIn("life", self.aws("list-tables")["TableNames"])

    def streams(self, *arguments: str) -> Any:
        return self.aws(*arguments, service="dynamodbstreams")

    def test_a_stream_is_enabled_and_read(self) -> None:
        self.create_table("streamed")
        table = self.aws(
            *("update-table", "--table-name", "streamed", "--stream-specification"),
            "StreamEnabled=true,StreamViewType=NEW_IMAGE",
        )["TableDescription"]
        arn = table["LatestStreamArn"]
        self.put("streamed", {"pk": {"S": "a"}, "sk": {"N": "1"}})
        listed = self.streams("list-streams", "--table-name", "streamed")["Streams"]
        self.assertEqual([stream["StreamArn"] for stream in listed], [arn])
        described = self.streams("describe-stream", "--stream-arn", arn)["StreamDescription"]
        records = []
        for shard in described["Shards"]:
            iterator = self.streams(
                *("get-shard-iterator", "--stream-arn", arn, "--shard-id", shard["ShardId"]),
                *("--shard-iterator-type", "TRIM_HORIZON"),
            )["ShardIterator"]
            records += self.streams("get-records", "--shard-iterator", iterator)["Records"]
        self.assertEqual([record["eventName"] for record in records], ["INSERT"])
        self.assertEqual(records[0]["dynamodb"]["Keys"], {"pk": {"S": "a"}, "sk": {"N": "1"}})

    def awslambda(self, *arguments: str) -> Any:
        return self.aws(*arguments, service="lambda")

    def test_an_event_source_mapping_is_made_listed_changed_and_deleted(self) -> None:
        self.create_table("mapped")
        arn = self.aws(
            *("update-table", "--table-name", "mapped", "--stream-specification"),
            "StreamEnabled=true,StreamViewType=KEYS_ONLY",
        )["TableDescription"]["LatestStreamArn"]
        self.awslambda(
            *("create-function", "--function-name", "mapped", "--package-type", "Image"),
            *("--role", "arn:aws:iam::000000000000:role/any"),
            *("--code", "ImageUri=program:/bin/true"),
        )
        mapping = self.awslambda(
            *("create-event-source-mapping", "--function-name", "mapped"),
            *("--event-source-arn", arn, "--starting-position", "LATEST", "--batch-size", "5"),
            *("--bisect-batch-on-function-error", "--maximum-retry-attempts", "2"),
        )
        self.assertEqual(mapping["EventSourceArn"], arn)
        self.assertEqual(mapping["BatchSize"], 5)
        by_uuid = ("--uuid", mapping["UUID"])
        listed = self.awslambda("list-event-source-mappings", "--event-source-arn", arn)
        self.assertEqual([each["UUID"] for each in listed["EventSourceMappings"]], [by_uuid[1]])
        self.assertEqual(
            self.awslambda("get-event-source-mapping", *by_uuid)["State"], "Enabled"
        )
        updated = self.awslambda("update-event-source-mapping", *by_uuid, "--batch-size", "9")
        self.assertEqual(updated["BatchSize"], 9)
        deleted = self.awslambda("delete-event-source-mapping", *by_uuid)
        self.assertEqual(deleted["State"], "Deleting")
        second = self.run_aws("get-event-source-mapping", *by_uuid, service="lambda")
        self.assertEqual(second.returncode, 254)
        self.assertIn("(ResourceNotFoundException)", second.stderr)

    def test_items_are_put_got_updated_and_deleted(self) -> None:
        self.create_table("items")
        item = {
            "pk": {"S": "a"},
            "sk": {"N": "1"},
            "bytes": {"B": "AAH+/w=="},
            "set": {"SS": ["x"]},
            "map": {"M": {"l": {"L": [{"BOOL": True}, {"NULL": True}]}}},
        }
        self.put("items", item)
        key = json.dumps({"pk": {"S": "a"}, "sk": {"N": "1.0"}})
        by_key = ("--table-name", "items", "--key", key)
        self.assertEqual(self.aws("get-item", *by_key, "--consistent-read")["Item"], item)
        updated = self.aws(
            *("update-item", *by_key, "--update-expression", "SET #n = :v REMOVE bytes"),
            *("--expression-attribute-names", '{"#n": "name"}'),
            *("--expression-attribute-values", '{":v": {"S": "new"}}'),
            *("--return-values", "UPDATED_NEW"),
        )
        self.assertEqual(updated["Attributes"], {"name": {"S": "new"}})
        deleted = self.aws("delete-item", *by_key, "--return-values", "ALL_OLD")
        self.assertEqual(deleted["Attributes"]["name"], {"S": "new"})
        self.assertNotIn("bytes", deleted["Attributes"])
        self.assertIsNone(self.aws("get-item", *by_key))

    def test_query_and_scan_go_on_from_a_token(self) -> None:
        self.create_table("pages")
        put_requests = [
            {"PutRequest": {"Item": {"pk": {"S": "p"}, "sk": {"N": str(sk)}}}} for sk in range(10)
        ]
        written = self.aws(
            "batch-write-item", "--request-items", json.dumps({"pages": put_requests})
        )
        self.assertEqual(written, {"UnprocessedItems": {}})

        query = (
            *("query", "--table-name", "pages", "--no-scan-index-forward"),
            *("--key-condition-expression", "pk = :p AND sk < :five"),
            *("--expression-attribute-values", '{":p": {"S": "p"}, ":five": {"N": "5"}}'),
        )
        rows = [int(item["sk"]["N"]) for item in self.aws(*query, "--page-size", "2")["Items"]]
        self.assertEqual(rows, [4, 3, 2, 1, 0])

        scanned: list[int] = []
        token: tuple[str, ...] = ()
        for expected in (4, 4, 2):
            page = self.aws("scan", "--table-name", "pages", "--max-items", "4", *token)
            self.assertEqual(len(page["Items"]), expected)
            scanned += [int(item["sk"]["N"]) for item in page["Items"]]
            token = ("--starting-token", page.get("NextToken", ""))
        self.assertEqual(scanned, list(range(10)))
        self.assertEqual(token[1], "")

    def test_a_refused_request_names_its_exception(self) -> None:
        result = self.run_aws("describe-table", "--table-name", "no-such-table")
        self.assertEqual(result.returncode, 254)
        self.assertIn("(ResourceNotFoundException)", result.stderr)
        self.assertIn("Requested resource not found: Table: no-such-table not found", result.stderr)


if __name__ == "__main__":
    unittest.main()
