"""Runs wrk against one server for one operation and reads what it says."""

import json
import pathlib
import subprocess

import client

HERE = pathlib.Path(__file__).resolve().parent


class MeasurementFailed(Exception):
    """wrk failed, or the server refused or dropped requests: the figure would mean nothing."""


def wrk_command(server, operation, bodies_file, options):
    command = ["wrk", "-t1", f"-c{options.connections}", "-s", str(HERE / "requests.lua")]
    for name, value in client.headers(operation).items():
        command += ["-H", f"{name}: {value}"]
    pin = ["taskset", "-c", options.client_cores] if options.client_cores else []
    return pin + command, [f"http://127.0.0.1:{server.port}/", "--", str(bodies_file)]


def run_wrk(command, seconds):
    head, tail = command
    line = head + [f"-d{seconds}s"] + tail
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise MeasurementFailed(f"wrk: {done.stderr.strip() or done.stdout.strip()}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def measure(server, operation, bodies_file, options):
    """Returns req/s, latency and how busy the server's core was.

    options  connections, client_cores, warmup, seconds
    """
    command = wrk_command(server, operation, bodies_file, options)
    if options.warmup:
        run_wrk(command, options.warmup)
    cpu = server.cpu_seconds()
    result = run_wrk(command, options.seconds)
    cpu = server.cpu_seconds() - cpu
    if result["refused"] or result["failed"] or not result["requests"]:
        raise MeasurementFailed(f"{server.kind.name} {operation}: {result}")
    seconds = result["duration_us"] / 1e6
    return {
        **result,
        "requests_per_second": result["requests"] / seconds,
        "server_cpu": cpu / seconds,
        "cpu_us_per_request": cpu * 1e6 / result["requests"],
    }
