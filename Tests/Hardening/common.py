"""What the programs of this folder share: the program under test, photographs, ways to run it."""

import argparse
import os
import pathlib
import subprocess
import sys
import threading
import zlib

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SAMPLES = sorted([*(ROOT / "Samples").glob("*.jpg"), *(ROOT / "Samples").glob("*.png")])


def arguments(description, **numbers):
    """The options of a program: --program, and one for each of `numbers`."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / ".build/release/autochrome")
    for name, value in numbers.items():
        parser.add_argument(f"--{name}", type=type(value), default=value)
    options = parser.parse_args()
    options.program = options.program.resolve()
    if not options.program.exists():
        sys.exit(f"there is no {options.program}; run make build")
    return options


class Ended:
    """How a process ended, and what it took."""

    def __init__(self, process, limit):
        """Waits for the process; kills it when it has taken `limit` seconds of processor time, or
        ten times that on the clock."""
        self.late = False
        pieces = {}
        readers = [
            threading.Thread(target=lambda n=n, f=f: pieces.__setitem__(n, f.read()), daemon=True)
            for n, f in (("output", process.stdout), ("error", process.stderr))
            if f
        ]
        for reader in readers:
            reader.start()
        timer = threading.Timer(10 * limit, self.kill, [process])
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = self.status = os.waitstatus_to_exitcode(status)
        for reader in readers:
            reader.join(10)
        self.output = pieces.get("output", b"").decode(errors="replace")
        self.error = pieces.get("error", b"").decode(errors="replace")
        self.seconds = usage.ru_utime + usage.ru_stime
        self.memory = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        self.late = self.late or self.seconds > limit

    def kill(self, process):
        self.late = True
        process.kill()

    @property
    def said(self):
        """The last thing said on standard error."""
        lines = self.error.strip().splitlines()
        return lines[-1] if lines else ""


def start(command, **options):
    options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
    return subprocess.Popen(
        [os.fspath(part) if isinstance(part, os.PathLike) else str(part) for part in command],
        stdin=subprocess.DEVNULL,
        **options,
    )


def run(command, limit=60, **options):
    return Ended(start(command, **options), limit)


def vips(*words):
    """Runs libvips' own program; standard error where it fails, else nothing."""
    done = subprocess.run(["vips", *map(str, words)], capture_output=True, text=True)
    return done.stderr if done.returncode else ""


def made(*words):
    """Runs libvips' own program, which must not fail."""
    if error := vips(*words):
        sys.exit(f"vips {' '.join(map(str, words))}: {error}")


def declared_size(path):
    """Width and height that a picture's header tells, upright; nothing where it tells none."""
    text = subprocess.run(["vipsheader", "-a", path], capture_output=True, text=True).stdout
    facts = dict(line.split(": ", 1) for line in text.splitlines() if ": " in line)
    if "width" not in facts:
        return None
    wide, high = int(facts["width"]), int(facts["height"])
    return (high, wide) if facts.get("orientation") in list("5678") else (wide, high)


def size(path):
    """Width and height of a picture that decodes to its end; else nothing."""
    return None if vips("avg", f"{path}[fail_on=error]") else declared_size(path)


def marked(photograph, text):
    """A JPEG or PNG with a comment, so that its bytes are its own."""
    text = text.encode()
    if photograph[:2] == b"\xff\xd8":
        return (
            photograph[:2]
            + b"\xff\xfe"
            + (len(text) + 2).to_bytes(2, "big")
            + text
            + photograph[2:]
        )
    chunk = b"tEXtComment\0" + text
    sum = zlib.crc32(chunk).to_bytes(4, "big")
    return photograph[:33] + (len(chunk) - 4).to_bytes(4, "big") + chunk + sum + photograph[33:]
