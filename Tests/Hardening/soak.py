"""Colours many photographs in one process, loads a server for an hour: memory has to stay flat.

    python3 Tests/Hardening/soak.py [--photographs 2000] [--minutes 60] [--rate 2]

Resident memory is sampled; the median of the last quarter of the samples must not pass that of the
second by more than 5 %. The server gets photographs of several formats and sizes, every one with
bytes of its own, damaged ones, clients that leave, and visits to the page. Appends to
Benchmarks/results/hardening.csv.
"""

import http.client
import json
import pathlib
import random
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

from common import ROOT, SAMPLES, arguments, made, marked, start

sys.path.append(str(ROOT / "Benchmarks"))
from colorize import Figures  # noqa: E402

RESULTS = ROOT / "Benchmarks/results/hardening.csv"


def resident(pid):
    """Bytes; nothing when the process is gone."""
    text = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True)
    return 1024 * int(text.stdout) if text.stdout.strip() else None


class Samples:
    """Resident memory of a process, once a second."""

    def __init__(self, pid):
        self.values, self.ended = [], threading.Event()
        self.thread = threading.Thread(target=self.take, args=[pid])
        self.thread.start()

    def take(self, pid):
        while not self.ended.wait(1) and (value := resident(pid)):
            self.values.append(value)

    def judge(self, figures, name, command):
        """Whether memory was flat."""
        self.ended.set()
        self.thread.join()
        quarter = len(self.values) // 4
        if quarter < 5:
            sys.exit(f"{name}: over after {len(self.values)} seconds; too short to tell")
        tenths = [
            self.values[i * len(self.values) // 10 :][: len(self.values) // 10] for i in range(10)
        ]
        print("MB, each tenth of the time:", *[round(statistics.median(t) / 1e6) for t in tenths])
        second = statistics.median(self.values[quarter : 2 * quarter])
        last = statistics.median(self.values[-quarter:])
        figures.add(f"{name}: memory, second quarter", second / 1e6, "MB", command)
        figures.add(f"{name}: memory, last quarter", last / 1e6, "MB", command)
        figures.add(f"{name}: last quarter / second", last / second, "x", command)
        return last <= 1.05 * second


def pool(folder):
    """Small photographs of several sizes."""
    folder.mkdir()
    for sample in SAMPLES:
        for scale in (0.5, 0.7, 1):
            for kind in ("jpg", "png"):
                made("resize", sample, folder / f"{sample.stem}-{scale}.{kind}", scale)
    return sorted(folder.iterdir())


def photographs(figures, program, folder, count):
    """One process, many photographs."""
    kinds = pool(folder / "kinds")
    (folder / "in").mkdir()
    for number in range(count):
        kind = kinds[number % len(kinds)]
        copy = folder / "in" / f"{number:05d}{kind.suffix}"
        copy.write_bytes(marked(kind.read_bytes(), str(number)))
    process = start(
        [program, "in", "-o", "out", "--detail", "64"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    samples = Samples(process.pid)
    status = process.wait()
    flat = samples.judge(
        figures, f"{count} photographs", f"autochrome in -o out --detail 64 ({count} photographs)"
    )
    results = len(list((folder / "out").iterdir()))
    if status != 0 or results != count:
        print(f"{count} photographs: status {status}, {results} results")
        return False
    return flat


class Client:
    """What is asked of a server."""

    def __init__(self, port, bodies, random):
        self.port, self.bodies, self.random = port, bodies, random
        self.counts, self.wrong = {}, []

    def ask(self, method, path, body=None, headers=()):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request(method, path, body, dict(headers))
            answer = connection.getresponse()
            return (
                answer.status,
                answer.read(),
                (answer.getheader("Set-Cookie") or "").split(";")[0],
            )
        finally:
            connection.close()

    def photograph(self, number):
        return marked(self.random.choice(self.bodies), str(number))

    def note(self, kind, status, *expected):
        self.counts[kind] = self.counts.get(kind, 0) + 1
        if status not in expected:
            self.wrong.append(f"{kind}: {status}")

    def colour(self, number):
        options = [
            f"detail={self.random.choice([32, 64, 256])}",
            f"vividness={self.random.random()}",
        ]
        if self.random.random() < 0.3:
            options.append("format=" + self.random.choice(["jpeg", "png", "tiff", "webp", "jxl"]))
        path = "/v1/colorize?" + "&".join(options)
        self.note("coloured", self.ask("POST", path, self.photograph(number))[0], 200)

    def damage(self, number):
        body = self.photograph(number)
        status = self.ask("POST", "/v1/colorize", body[: len(body) * 2 // 3])[0]
        self.note("damaged", status, 422, 415)

    def leave(self, number):
        body = self.photograph(number)
        head = (
            f"POST /v1/colorize HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        with socket.create_connection(("127.0.0.1", self.port)) as connection:
            connection.sendall(head.encode() + body[: self.random.randrange(len(body) + 1)])
            time.sleep(0.2 * self.random.random())
        self.note("left", 0, 0)

    def visit(self, number):
        """What the page does with a photograph."""
        self.note("page", self.ask("GET", "/")[0], 200)
        status, body, cookie = self.ask("POST", "/session/photographs", self.photograph(number))
        self.note("page", status, 201)
        if status != 201:
            return
        address, own = f"/session/photographs/{json.loads(body)['id']}", {"Cookie": cookie}
        while json.loads(self.ask("GET", address, headers=own)[1])["state"] not in (
            "done",
            "failed",
        ):
            time.sleep(0.05)
        for path in ("", "/before", "/after", "/after?vividness=1", "/file"):
            self.note("page", self.ask("GET", address + path, headers=own)[0], 200)
        self.note("page", self.ask("DELETE", address, headers=own)[0], 204)


def server(figures, program, folder, minutes, rate, seed):
    random_ = random.Random(seed)
    bodies = [path.read_bytes() for path in pool(folder / "sent")]
    with (folder / "log").open("w") as log:
        process = start([program, "serve", "--port", "0"], stdout=log, stderr=log)
    while not (match := re.search(r":(\d+)/", (folder / "log").read_text())):
        if process.poll() is not None:
            sys.exit("the server did not start: " + (folder / "log").read_text())
        time.sleep(0.1)
    client = Client(int(match[1]), bodies, random_)
    samples = Samples(process.pid)
    begin, number = time.monotonic(), 0
    try:
        while time.monotonic() < begin + 60 * minutes:
            act = random_.choices(
                [client.colour, client.damage, client.leave, client.visit], [80, 6, 6, 8]
            )[0]
            act(number)
            number += 1
            # By the clock, so that a slow answer is not made up for by a burst.
            time.sleep(max(0, random_.expovariate(rate)))
    finally:
        name = f"server, {minutes:g} minutes"
        flat = samples.judge(figures, name, f"{number} requests, {rate:g} a second and fewer")
        process.terminate()
        status = process.wait()
    print(f"{name}: {client.counts}, unexpected: {client.wrong[:10]}, status {status}")
    return flat and status == 0 and not client.wrong


def main():
    options = arguments(__doc__.splitlines()[0], photographs=2000, minutes=60.0, rate=2.0, seed=8)
    figures, flat = Figures(), True
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        if options.minutes:
            flat &= server(
                figures, options.program, folder, options.minutes, options.rate, options.seed
            )
        if options.photographs:
            flat &= photographs(figures, options.program, folder, options.photographs)
    figures.write(RESULTS)
    if not flat:
        sys.exit("soak: memory grew, or not everything was answered as it should be; see above")


if __name__ == "__main__":
    main()
