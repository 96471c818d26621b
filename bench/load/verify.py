"""Looks at one reply of each kind before anything is timed: a fast wrong answer counts as none."""

import client
import workload

INDEX = workload.ITEMS // 2 + 3


class WrongAnswer(Exception):
    """A server answered 200 with something else than the workload's items."""


def expect(server, operation, got, wanted):
    if got != wanted:
        raise WrongAnswer(f"{server.kind.name}: {operation} answered {str(got)[:400]}")


def check(server):
    """Raises WrongAnswer or client.RequestFailed."""
    with client.Client(server.port) as connection:
        if server.kind.role == "floor":
            check_floor(connection)
        else:
            check_store(server, connection)


def check_floor(connection):
    """The floor knows no items: it must send as many bytes as a GetItem reply has."""
    whole = len(workload.encode({"Item": workload.item(INDEX)}))
    for operation in ("GetItem", "PutItem"):
        body = workload.encode(workload.OPERATIONS[operation](INDEX))
        status, reply = connection.post(operation, body)
        if status != client.OK:
            raise WrongAnswer(f"floor: {operation} answered {status}")
        if operation == "GetItem" and abs(len(reply) - whole) > whole // 10:
            raise WrongAnswer(f"floor: {len(reply)} bytes for a GetItem reply of {whole}")


def check_store(server, connection):
    def stored():
        return connection.call("GetItem", workload.get_item(INDEX)).get("Item")

    before = workload.item(INDEX)
    expect(server, "GetItem", stored(), before)
    first = INDEX - INDEX % workload.ITEMS_PER_PARTITION
    items = [workload.item(first + i) for i in range(workload.ITEMS_PER_PARTITION)]
    expect(server, "Query", connection.call("Query", workload.query(INDEX)).get("Items"), items)

    if "ExecuteStatement" in server.kind.operations:
        selected = connection.call("ExecuteStatement", workload.execute_statement(INDEX))
        expect(server, "ExecuteStatement", selected.get("Items"), [before])

    connection.call("UpdateItem", workload.update_item(INDEX))
    updated = {**before, "field3": {"S": workload.text(INDEX, 3, version=2)}}
    expect(server, "UpdateItem", stored(), updated)
    connection.call("PutItem", workload.put_item(INDEX))
    expect(server, "PutItem", stored(), workload.item(INDEX, version=1))
    connection.call("PutItem", {"TableName": workload.table(INDEX), "Item": before})
    if "TransactWriteItems" in server.kind.operations:
        check_transactions(server, connection)


def check_transactions(server, connection):
    """Two items are written and read together, then as they were."""
    indexes = (INDEX, workload.neighbour(INDEX))

    def stored():
        reply = connection.call("TransactGetItems", workload.transact_get_items(INDEX))
        return [response.get("Item") for response in reply["Responses"]]

    connection.call("TransactWriteItems", workload.transact_write_items(INDEX))
    expect(server, "TransactWriteItems", stored(), [workload.item(i, version=1) for i in indexes])
    for i in indexes:
        connection.call("PutItem", {"TableName": workload.table(i), "Item": workload.item(i)})
