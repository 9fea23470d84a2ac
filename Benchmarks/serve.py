"""Measures the server under load, by wrk, and appends to results/serve.csv.

    python3 Benchmarks/serve.py [--quick]

Photographs a second stand beside those of the command line on the same photographs, measured a
moment before; the difference is what serving costs. Times of a shared machine vary; the ratio is
what counts.
"""

import argparse
import concurrent.futures
import http.client
import json
import os
import pathlib
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time

from colorize import PROGRAM, ROOT, Figures, make_photograph, run

RESULTS = ROOT / "Benchmarks/results/serve.csv"
POST = """
local file = io.open("{photograph}", "rb")
wrk.method, wrk.body = "POST", file:read("*a")
file:close()
"""
SECONDS = {"us": 1e-6, "ms": 1e-3, "s": 1, "m": 60}


class Server:
    """`autochrome serve` on a free port."""

    def __init__(self):
        self.process = subprocess.Popen(
            [PROGRAM, "serve", "--port", "0"], stderr=subprocess.PIPE, text=True
        )
        line = self.process.stderr.readline()
        if not (match := re.search(r":(\d+)/", line)):
            sys.exit(f"the server did not start: {line}")
        self.port = int(match[1])
        self.cookie = ""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()

    def ask(self, method, path, body=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.request(method, path, body, {"Cookie": self.cookie})
        answer = connection.getresponse()
        content = answer.read()
        if answer.status not in (200, 201):
            sys.exit(f"{method} {path}: {answer.status} {content[:300]}")
        self.cookie = (answer.getheader("Set-Cookie") or self.cookie).split(";")[0]
        return content.decode(errors="replace")

    def resident(self):
        line = re.search(r"^autochrome_resident_bytes (\S+)", self.ask("GET", "/metrics"), re.M)
        return float(line[1])

    def load(self, path, connections, seconds, script=None):
        """Requests a second and the 99th percentile of their times; every one must be served."""
        command = ["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout=30s"]
        if script:
            command += ["-s", script]
        url = f"http://127.0.0.1:{self.port}{path}"
        out = subprocess.run([*command, url], check=True, capture_output=True, text=True).stdout
        if bad := re.search(r"(Non-2xx.*|Socket errors.*)", out):
            sys.exit(f"{path}: {bad[1]}")
        number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s|m)", out).groups()
        rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1])
        return rate, float(number) * SECONDS[unit]


def command_line(folder, photograph, count):
    """Photographs a second of the command line."""
    source = folder / "in"
    source.mkdir()
    for index in range(count):
        os.link(photograph, source / f"{index}.jpg")
    return count / run(PROGRAM, source, "-o", folder / "out", "--recolor")[0]


def under_load(figures, server, folder, photograph, seconds):
    rate, slowest = server.load("/health", 64, seconds)
    text = f"wrk -t2 -c64 -d{seconds}s /health"
    figures.add("GET /health: requests a second", rate, "1/s", text)
    figures.add("GET /health: 99th percentile", slowest * 1e3, "ms", text)
    alone = command_line(folder, photograph, 2 * seconds)
    figures.add("1 MP JPEG: command line", alone, "1/s", "autochrome in -o out --recolor")
    script = folder / "post.lua"
    script.write_text(POST.format(photograph=photograph))
    rate, slowest = server.load("/v1/colorize", 8, 2 * seconds, script)
    text = f"wrk -t2 -c8 -d{2 * seconds}s POST /v1/colorize"
    figures.add("1 MP JPEG: requests a second", rate, "1/s", text)
    figures.add("1 MP JPEG: 99th percentile", slowest, "s", text)
    figures.add("1 MP JPEG: server / command line", rate / alone, "x", text)


def sliders(figures, server, folder, count):
    """How long the page waits for a picture with other settings, of a large photograph."""
    photograph = folder / "large.jpg"
    make_photograph(photograph, 6000, 4000)
    sent = json.loads(server.ask("POST", "/session/photographs", photograph.read_bytes()))
    address = f"/session/photographs/{sent['id']}"
    while (state := json.loads(server.ask("GET", address))["state"]) != "done":
        if state == "failed":
            sys.exit(f"{address}: {state}")
        time.sleep(0.1)
    taken = []
    for step in range(count):
        query = f"vividness={step / count:.3f}&saturation={2 - step / count:.3f}"
        start = time.perf_counter()
        server.ask("GET", f"{address}/after?{query}")
        taken.append(1e3 * (time.perf_counter() - start))
    text = f"GET {address.replace(sent['id'], 'ID')}/after, {count} settings"
    figures.add("24 MP, slider to picture: median", statistics.median(taken), "ms", text)
    figures.add("24 MP, slider to picture: slowest", max(taken), "ms", text)


def memory(figures, server, photograph, count):
    """Resident memory after the first requests, and after many."""
    body = photograph.read_bytes()
    path = "/v1/colorize?detail=64"

    def ask(_):
        server.ask("POST", path, body)

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        done = len(list(pool.map(ask, range(count // 10))))
        first = server.resident()
        done += len(list(pool.map(ask, range(count - done))))
    text = f"POST {path}, four at a time"
    figures.add(f"memory after {count // 10} requests", first / 1e6, "MB", text)
    figures.add(f"memory after {done} requests", server.resident() / 1e6, "MB", text)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="shorter load, fewer requests")
    quick = parser.parse_args().quick
    figures = Figures()
    with tempfile.TemporaryDirectory() as name, Server() as server:
        folder = pathlib.Path(name)
        photograph = folder / "photo.jpg"
        make_photograph(photograph, 1200, 800)
        server.ask("POST", "/v1/colorize", photograph.read_bytes())
        under_load(figures, server, folder, photograph, 4 if quick else 15)
        sliders(figures, server, folder, 10 if quick else 100)
        memory(figures, server, photograph, 100 if quick else 1000)
    figures.write(RESULTS)


if __name__ == "__main__":
    main()
