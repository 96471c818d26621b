"""Query and Scan in pages as boto3 sees them."""

import unittest
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from boto3.dynamodb.conditions import Key
from connection import Boto3TestCase

HASHES = 8
ROWS = 25
SEGMENTS = 5


class Pages(Boto3TestCase):
    table: Any

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        cls.table = cls.create_table("pages", ("pk", "S"), ("sk", "N"))
        with cls.table.batch_writer() as batch:
            for hash_key in range(HASHES):
                for row in range(ROWS):
                    batch.put_item(Item={"pk": f"p{hash_key}", "sk": row, "odd": row % 2 == 1})

    def test_the_query_paginator_visits_every_row_once_in_order(self) -> None:
        pages = list(
            self.client.get_paginator("query").paginate(
                TableName="pages",
                KeyConditionExpression="pk = :pk",
                ExpressionAttributeValues={":pk": {"S": "p2"}},
                PaginationConfig={"PageSize": 10},
            )
        )
        self.assertEqual([page["Count"] for page in pages], [10, 10, 5])
        rows = [int(item["sk"]["N"]) for page in pages for item in page["Items"]]
        self.assertEqual(rows, list(range(ROWS)))

    def test_a_query_goes_on_backward_from_its_last_key(self) -> None:
        rows: list[int] = []
        start: dict[str, Any] = {}
        while True:
            page = self.table.query(
                KeyConditionExpression=Key("pk").eq("p1") & Key("sk").between(5, 20),
                ScanIndexForward=False,
                Limit=6,
                **start,
            )
            rows += [int(item["sk"]) for item in page["Items"]]
            if "LastEvaluatedKey" not in page:
                break
            start = {"ExclusiveStartKey": page["LastEvaluatedKey"]}
        self.assertEqual(rows, list(range(20, 4, -1)))

    def test_the_scan_paginator_visits_every_item_once(self) -> None:
        pages = self.client.get_paginator("scan").paginate(
            TableName="pages", PaginationConfig={"PageSize": 33}
        )
        names = [(item["pk"]["S"], item["sk"]["N"]) for page in pages for item in page["Items"]]
        self.assertEqual(len(names), HASHES * ROWS)
        self.assertEqual(len(set(names)), HASHES * ROWS)

    def test_a_paginator_resumes_from_its_token(self) -> None:
        paginator = self.client.get_paginator("scan")
        first = paginator.paginate(TableName="pages", PaginationConfig={"MaxItems": 70})
        head = first.build_full_result()
        self.assertEqual(len(head["Items"]), 70)
        tail = paginator.paginate(
            TableName="pages", PaginationConfig={"StartingToken": head["NextToken"]}
        ).build_full_result()
        names = {(item["pk"]["S"], item["sk"]["N"]) for item in head["Items"] + tail["Items"]}
        self.assertEqual(len(names), HASHES * ROWS)

    def test_the_segments_of_a_parallel_scan_cover_the_table(self) -> None:
        clients = self.clients(SEGMENTS)

        def scan(segment: int) -> list[tuple[str, str]]:
            pages = clients[segment].get_paginator("scan").paginate(
                TableName="pages",
                Segment=segment,
                TotalSegments=SEGMENTS,
                ConsistentRead=True,
            )
            return [(item["pk"]["S"], item["sk"]["N"]) for page in pages for item in page["Items"]]

        with ThreadPoolExecutor(SEGMENTS) as pool:
            names = [name for names in pool.map(scan, range(SEGMENTS)) for name in names]
        self.assertEqual(len(names), HASHES * ROWS)
        self.assertEqual(len(set(names)), HASHES * ROWS)

    def test_a_filter_counts_what_it_scanned(self) -> None:
        page = self.client.query(
            TableName="pages",
            KeyConditionExpression="pk = :pk",
            FilterExpression="odd = :yes",
            ExpressionAttributeValues={":pk": {"S": "p0"}, ":yes": {"BOOL": True}},
            Select="COUNT",
        )
        self.assertEqual((page["Count"], page["ScannedCount"]), (ROWS // 2, ROWS))
        self.assertNotIn("Items", page)

    def test_pages_end_at_one_megabyte(self) -> None:
        table = self.create_table("megabytes", ("pk", "S"), ("sk", "N"))
        for sk in range(6):
            table.put_item(Item={"pk": "p", "sk": sk, "padding": "x" * 350_000})
        pages = list(
            self.client.get_paginator("query").paginate(
                TableName="megabytes",
                KeyConditionExpression="pk = :pk",
                ExpressionAttributeValues={":pk": {"S": "p"}},
            )
        )
        # 350,000 + 350,000 + 350,000 bytes pass 1,048,576 with the third item.
        self.assertEqual([page["Count"] for page in pages if page["Count"]], [3, 3])


if __name__ == "__main__":
    unittest.main()
