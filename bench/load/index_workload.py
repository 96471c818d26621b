"""The workload of secondary indexes: the canonical items with a group of ten each, in tables with and
without indexes on it.

A PutItem changes every item that it meets, so that each put writes every index: bodies come in two
versions that alternate. "in place" the index key stays and the entry changes; "moving" the key
changes too, so that an entry goes and another comes.
"""

import random

import workload

PLAIN = "plain"
TABLES = {PLAIN: 0, "one-gsi": 1, "three-gsi": 3}
INDEX = "by-group"

# What is written is never what is there: the preload is version 0.
VERSIONS = (1, 2)


def group(index, version, moving):
    base = workload.key(index)["pk"]["S"]
    return f"{base}-{version}" if moving else base


def item(index, version=0, moving=False):
    groups = {f"group{n}": {"S": f"{n}-{group(index, version, moving)}"} for n in range(3)}
    return {**workload.item(index, version), **groups}


def attribute(name, kind):
    return {"AttributeName": name, "AttributeType": kind}


def index(number):
    return {
        "IndexName": INDEX if number == 0 else f"{INDEX}-{number}",
        "KeySchema": [
            {"AttributeName": f"group{number}", "KeyType": "HASH"},
            {"AttributeName": "sk", "KeyType": "RANGE"},
        ],
        "Projection": {"ProjectionType": "ALL"},
    }


def create_table(name):
    indexes = [index(n) for n in range(TABLES[name])]
    request = workload.create_table(name)
    if indexes:
        request["GlobalSecondaryIndexes"] = indexes
        groups = [attribute(f"group{n}", "S") for n in range(len(indexes))]
        request["AttributeDefinitions"] = request["AttributeDefinitions"] + groups
    return request


def batches(table, items, make=item):
    """Items 0 .. `items` - 1 as BatchWriteItem bodies."""
    for first in range(0, items, workload.BATCH_WRITES_MAX):
        puts = [
            {"PutRequest": {"Item": make(i)}}
            for i in range(first, min(items, first + workload.BATCH_WRITES_MAX))
        ]
        yield {"RequestItems": {table: puts}}


def shuffled(count):
    order = list(range(count))
    random.Random(workload.SEED).shuffle(order)
    return order


def puts(table, moving):
    for version in VERSIONS:
        for i in shuffled(workload.ITEMS):
            yield {"TableName": table, "Item": item(i, version, moving)}


def table_queries(table):
    for i in shuffled(workload.ITEMS):
        yield {**workload.query(i), "TableName": table}


def index_queries(table):
    """The ten items of one group."""
    for i in shuffled(workload.ITEMS):
        yield {
            "TableName": table,
            "IndexName": INDEX,
            "KeyConditionExpression": "group0 = :group",
            "ExpressionAttributeValues": {":group": {"S": f"0-{group(i, 0, False)}"}},
        }


# ---- the backfill ----

BACKFILLED = "backfilled"
BACKFILLED_ITEMS = 200_000


def backfilled_item(i):
    """1 KB: a key, a group of ten, and a text."""
    return {
        "pk": {"S": f"item-{i:07d}"},
        "sk": {"N": "0"},
        "group0": {"S": f"group-{i // 10:07d}"},
        "text": {"S": workload.POOL[i % 10_000 :][:960]},
    }


def add_index():
    return {
        "TableName": BACKFILLED,
        "AttributeDefinitions": [attribute("group0", "S"), attribute("sk", "N")],
        "GlobalSecondaryIndexUpdates": [{"Create": index(0)}],
    }


def point_reads():
    for i in shuffled(workload.ITEMS):
        yield {"TableName": BACKFILLED, "Key": {"pk": {"S": f"item-{i * 20:07d}"}, "sk": {"N": "0"}}}
