#!/usr/bin/env python3
"""Measures a database in process against the same one behind HTTP, each on one core.

Both answer the canonical GetItem requests, in turns, so that the noise of the machine meets both
alike; the client of HTTP is on the other core. Ends with status 1 when the ratio is below --least.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys

import measure
import servers
import workload

EMBEDDED = servers.OUTPUT / "stator_embedded"
OPERATION = "GetItem"


def options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3, help="of each measurement")
    parser.add_argument("--warmup", type=int, default=1, help="seconds before each of HTTP")
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--stator", type=pathlib.Path, default=servers.STATOR)
    parser.add_argument("--embedded", type=pathlib.Path, default=EMBEDDED)
    parser.add_argument("--server-cores", default="0", help="for taskset")
    parser.add_argument("--client-cores", default="1", help="for taskset")
    parser.add_argument("--least", type=float, default=3.0, help="the ratio that is promised")
    return parser.parse_args()


def write_files():
    """The preload and the requests, as stator_embedded and wrk read them."""
    servers.WORK.mkdir(parents=True, exist_ok=True)
    preload, bodies = servers.WORK / "embedded.preload", servers.WORK / f"{OPERATION}.bodies"
    lines = [("CreateTable", workload.create_table(name)) for name in workload.TABLES]
    lines += [("BatchWriteItem", batch) for batch in workload.batches()]
    preload.write_text("".join(f"{name}\t{workload.encode(body)}\n" for name, body in lines))
    bodies.write_text("\n".join(workload.bodies(OPERATION)) + "\n")
    return preload, bodies


def embedded_rate(chosen, preload, bodies):
    command = ["taskset", "-c", chosen.server_cores, str(chosen.embedded), str(preload)]
    command += [OPERATION, str(bodies), str(chosen.seconds)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise measure.MeasurementFailed(done.stderr.strip())
    found = json.loads(done.stdout)
    return found["requests"] / found["seconds"]


def http_rate(chosen, server, bodies):
    return measure.measure(server, OPERATION, bodies, chosen)["requests_per_second"]


def measure_rounds(chosen):
    preload, bodies = write_files()
    # In process they are more than AWS lets four tables have.
    kind = servers.stator(chosen.stator, threads=1, capacity="observe")
    with servers.Server(kind, chosen.server_cores) as server:
        server.wait_until_listening()
        servers.preload(server)
        for number in range(1, chosen.rounds + 1):
            embedded = embedded_rate(chosen, preload, bodies)
            http = http_rate(chosen, server, bodies)
            print(f"round {number}/{chosen.rounds}  {embedded:>10,.0f} in process  {http:>10,.0f} HTTP")
            yield embedded, http


def main():
    chosen = options()
    try:
        rounds = list(measure_rounds(chosen))
    except (measure.MeasurementFailed, servers.Unavailable, OSError) as error:
        sys.exit(f"bench/load: {error}")
    embedded, http = (statistics.median(column) for column in zip(*rounds))
    print(f"median  {embedded:,.0f} in process, {http:,.0f} over HTTP: {embedded / http:.2f} times")
    sys.exit(0 if embedded >= chosen.least * http else 1)


if __name__ == "__main__":
    main()
