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

    def start(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.address = os.environ.get("AUTOCHROME_ADDRESS") or f"http://127.0.0.1:{port}"
        if "AUTOCHROME_ADDRESS" not in os.environ:
            self.process = subprocess.Popen([PROGRAM, "serve", "--port", str(port)])
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

    def network_runs(self):
        """How many photographs have been coloured by the network."""
        text = self.get("/metrics")
        found = re.search(r'^autochrome_photographs_total\{outcome="colored"\} (\d+)', text, re.M)
        return int(found[1])


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
