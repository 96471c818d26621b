"""The canonical workload: its items and every request body, the same in each run and each process.

10,000 items of ten attributes of 100 bytes, ten to a partition key, behind a string partition key
`pk` and a number sort key `sk`, in four tables: a write costs two units, and one table may have
40,000 a second, which is less than what is to be measured. All functions are pure; bodies are JSON without line breaks.
"""

import json
import random

TABLES = ("bench-0", "bench-1", "bench-2", "bench-3")
PARTITIONS = 1000
ITEMS_PER_PARTITION = 10
ITEMS = PARTITIONS * ITEMS_PER_PARTITION
ATTRIBUTES = 10
ATTRIBUTE_BYTES = 100
SEED = 20260101
BATCH_WRITES_MAX = 25

# No quote, backslash or control character: the text of an honest attribute, not of an escape test.
ALPHABET = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -_"


def encode(body):
    return json.dumps(body, separators=(",", ":"))


def key(index):
    partition, sort = divmod(index, ITEMS_PER_PARTITION)
    return {"pk": {"S": f"user-{partition:06d}"}, "sk": {"N": str(sort)}}


# Every text is a slice of one random text: drawing each on its own would take half a minute.
POOL = "".join(random.Random(SEED).choices(ALPHABET, k=1 << 20))


def table(index):
    """Of all items of a partition key."""
    return TABLES[index // ITEMS_PER_PARTITION % len(TABLES)]


def text(index, attribute, version):
    serial = (version * ITEMS + index) * ATTRIBUTES + attribute
    start = serial * 7919 % (len(POOL) - ATTRIBUTE_BYTES)
    return POOL[start : start + ATTRIBUTE_BYTES]


def item(index, version=0):
    """The item as the preload writes it (version 0) or as PutItem replaces it (version 1)."""
    attributes = {f"field{a}": {"S": text(index, a, version)} for a in range(ATTRIBUTES)}
    return {**key(index), **attributes}


def create_table(name):
    return {
        "TableName": name,
        # The most that a table may have, so that the load stays below it.
        "BillingMode": "PAY_PER_REQUEST",
        "WarmThroughput": {"ReadUnitsPerSecond": 40000, "WriteUnitsPerSecond": 40000},
        "AttributeDefinitions": [
            {"AttributeName": "pk", "AttributeType": "S"},
            {"AttributeName": "sk", "AttributeType": "N"},
        ],
        "KeySchema": [
            {"AttributeName": "pk", "KeyType": "HASH"},
            {"AttributeName": "sk", "KeyType": "RANGE"},
        ],
    }


def batches():
    """The preload as BatchWriteItem bodies."""
    for name in TABLES:
        puts = [{"PutRequest": {"Item": item(i)}} for i in range(ITEMS) if table(i) == name]
        for first in range(0, len(puts), BATCH_WRITES_MAX):
            yield {"RequestItems": {name: puts[first : first + BATCH_WRITES_MAX]}}


def get_item(index):
    return {"TableName": table(index), "Key": key(index)}


def put_item(index):
    return {"TableName": table(index), "Item": item(index, version=1)}


def update_item(index):
    """Replaces one attribute, on a condition that is true before and after."""
    return {
        "TableName": table(index),
        "Key": key(index),
        "UpdateExpression": "SET #f = :new",
        "ConditionExpression": "attribute_exists(pk) AND #f <> :other",
        "ExpressionAttributeNames": {"#f": "field3"},
        "ExpressionAttributeValues": {
            ":new": {"S": text(index, 3, version=2)},
            ":other": {"S": "a text that no item holds"},
        },
    }


def query(index):
    """All items of one partition."""
    return {
        "TableName": table(index),
        "KeyConditionExpression": "pk = :pk",
        "ExpressionAttributeValues": {":pk": key(index)["pk"]},
    }


def execute_statement(index):
    """One item by its whole key, as a text that no other request has."""
    where = "pk = '{}' AND sk = {}".format(key(index)["pk"]["S"], key(index)["sk"]["N"])
    return {"Statement": f'SELECT * FROM "{table(index)}" WHERE {where}'}


def neighbour(index):
    """Another item, of another table."""
    return (index + ITEMS_PER_PARTITION) % ITEMS


def transact_get_items(index):
    gets = [{"Get": get_item(i)} for i in (index, neighbour(index))]
    return {"TransactItems": gets}


def transact_write_items(index):
    """Two puts, without a token: one that is known would not be run again."""
    puts = [{"Put": put_item(i)} for i in (index, neighbour(index))]
    return {"TransactItems": puts}


# Reads first: they see the preloaded items, on every server alike.
OPERATIONS = {
    "GetItem": get_item,
    "Query": query,
    "ExecuteStatement": execute_statement,
    "UpdateItem": update_item,
    "PutItem": put_item,
    "TransactGetItems": transact_get_items,
    "TransactWriteItems": transact_write_items,
}

# Those that every store has.
SINGLE_OPERATIONS = ("GetItem", "Query", "UpdateItem", "PutItem")
TRANSACTIONS = ("TransactGetItems", "TransactWriteItems")


def bodies(operation):
    """10,000 requests, one for each item, in a shuffled order that never changes."""
    order = list(range(ITEMS))
    random.Random(SEED).shuffle(order)
    return [encode(OPERATIONS[operation](index)) for index in order]
