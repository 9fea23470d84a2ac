"""The program under test: served for the browser, and run as a command for comparison."""

import os
import pathlib
import re
import socket
import subprocess
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "Samples"
PROGRAM = os.environ.get("AUTOCHROME", str(ROOT / ".build/release/autochrome"))


def sample(name):
    return str(SAMPLES / name)


class Server:
    """`autochrome serve` at a free port, from `start` to `stop`."""

    process = None

    def __init__(self, *options):
        self.options = options

    def start(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        # One that is there already does not have the options.
        there = None if self.options else os.environ.get("AUTOCHROME_ADDRESS")
        self.address = there or f"http://127.0.0.1:{port}"
        if not there:
            command = [PROGRAM, "serve", "--port", str(port), *self.options]
            self.process = subprocess.Popen(command)
        self._wait()

    def _wait(self):
        for _ in range(300):
            if self.process and self.process.poll() is not None:
                raise RuntimeError(f"{PROGRAM} serve ended with {self.process.returncode}")
            try:
                return self.get("/health")
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"{PROGRAM} serve does not answer after 30 seconds")

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=40)

    def get(self, path):
        with urllib.request.urlopen(self.address + path) as response:
            return response.read().decode()

    def add(self, photograph):
        """Sends a photograph's bytes as a page does, into a session of its own."""
        request = urllib.request.Request(
            self.address + "/session/photographs", data=photograph, method="POST",
            headers={"Content-Type": "application/octet-stream"})
        urllib.request.urlopen(request).close()

    def figure(self, name):
        """A figure of `/metrics`, labels and all."""
        found = re.search(rf"^{re.escape(name)} (\S+)", self.get("/metrics"), re.M)
        return float(found[1])

    def network_runs(self):
        """How many photographs have been coloured by the network."""
        return self.figure('autochrome_photographs_total{outcome="colored"}')


def without_time(result):
    """A result but for the second in which it was made, which its XMP tells, and for the checksum
    of the PNG chunk that holds this XMP."""
    time = re.compile(rb'(stEvt:when=")[^"]*')
    if not result.startswith(b"\x89PNG"):
        return time.sub(rb"\1", result)
    chunks, start = [], 8
    while start < len(result):
        end = start + 8 + int.from_bytes(result[start:start + 4])
        chunks.append(time.sub(rb"\1", result[start:end]))
        start = end + 4
    return b"".join(chunks)


def colorized(path, folder, vividness, saturation):
    """What the command line makes of a photograph, in bytes, without the time."""
    command = [PROGRAM, path, "-o", f"{folder}/", "--overwrite"]
    command += ["--vividness", str(vividness), "--saturation", str(saturation)]
    subprocess.run(command, check=True, capture_output=True)
    return without_time((pathlib.Path(folder) / pathlib.Path(path).name).read_bytes())
