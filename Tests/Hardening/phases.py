"""What faults.py kills and limits.py starves: commands, what they make, and when that is whole."""

import json
import os
import pathlib
import shutil
import struct
import subprocess
import time

from common import Ended, size, start
from ingredients import running, sums, timeless, tree


class Phase:
    """A command, run in a folder of its own beside `in`."""

    name, weight, words = "", 1, []
    # How many pieces of work `done` counts up to.
    total = 1

    def __init__(self, program, base):
        self.program, self.base = program, base
        self.input = sums(base / "in")
        self.seconds = 1.0
        self.known = {}

    def folder(self, name):
        folder = self.base / name
        folder.mkdir()
        return folder

    def start(self, folder, **options):
        return start([self.program, *self.words], cwd=folder, **options)

    def finish(self, folder):
        return Ended(self.start(folder), 60)

    def undisturbed(self, keep=False):
        """Runs it once, in peace."""
        folder = self.folder(f"{self.name}-undisturbed")
        begin = time.monotonic()
        ended = self.finish(folder)
        self.seconds = time.monotonic() - begin
        if ended.status:
            raise SystemExit(f"{self.name}: status {ended.status}: {ended.error}")
        self.known = self.results(folder)
        self.total = self.done(folder)
        for path in self.final(folder):
            if error := self.broken(path):
                raise SystemExit(f"{self.name}: {path.name}: {error}")
        if not keep:
            shutil.rmtree(folder)
        self.folder_kept = folder

    # What each kind of work says of itself.

    def done(self, folder):
        """Pieces of work done."""
        return len(self.final(folder))

    def final(self, folder):
        """Paths of files under their final names. A folder that goes meanwhile is passed over."""
        found = []
        for parent, folders, names in os.walk(folder):
            folders[:] = [name for name in folders if not name.startswith(".")]
            found += [pathlib.Path(parent, name) for name in names if not name.startswith(".")]
        return [path for path in found if path.is_file()]

    def results(self, folder):
        """What has to be the same in the end."""
        return {str(p.relative_to(folder)): self.content(p) for p in self.final(folder)}

    def content(self, path):
        return path.read_bytes()

    def broken(self, path):
        """What is wrong with a file under a final name, by itself."""
        return None

    # What is asked of every kind.

    def at_work(self, folder, before):
        """Whether the command has written since `before`, the tree at its start."""
        return tree(folder) != before

    def inspect(self, folder, fault):
        """After a kill."""
        if sums(self.base / "in") != self.input:
            fault("the input was changed")
        for path in self.final(folder):
            name = str(path.relative_to(folder))
            if self.known.get(name) != self.content(path) and (error := self.broken(path)):
                fault(f"half-written: {name}: {error}")

    def judge(self, folder, fault):
        """In the end; removes the folder."""
        self.compare(folder, fault)
        limit = time.monotonic() + 20
        while (left := running(folder)) and time.monotonic() < limit:
            time.sleep(0.1)
        if left:
            fault("still running:", *left)
        shutil.rmtree(folder)

    def compare(self, folder, fault):
        """With what was made undisturbed."""
        if sums(self.base / "in") != self.input:
            fault("the input was changed")
        found = self.results(folder)
        for name in sorted(found.keys() | self.known.keys()):
            if found.get(name) != self.known.get(name):
                what = (
                    "missing"
                    if name not in found
                    else ("left over" if name not in self.known else "not as without a kill")
                )
                fault(f"{name}: {what}")
        left = [name for name in tree(folder) if name not in self.allowed(folder)]
        if left:
            fault("left over:", *left)

    def allowed(self, folder):
        return {str(path.relative_to(folder)) for path in self.final(folder)}


class Colour(Phase):
    name, weight = "colour", 60
    words = ["../in/grey", "-o", "out", "--detail", "32"]

    def content(self, path):
        return timeless(path.read_bytes())

    def broken(self, path):
        return None if size(path) else "it does not decode"


class Hinted(Colour):
    """Photographs with files of hints beside them."""

    name, weight = "hinted", 20
    words = ["../in/hinted", "-o", "out", "--detail", "32"]


class Propose(Phase):
    """Writes nothing but its answer, so that at work it is from its start."""

    name, weight = "propose", 10
    words = ["propose", "../in/hinted/00.jpg", "--at", "0.4,0.3", "--detail", "32", "--json"]

    def done(self, folder):
        return 1

    def at_work(self, folder, before):
        return True


class Prepare(Phase):
    name, weight = "prepare", 25
    words = ["prepare", "../in/colour", "-o", "set", "--size", "256"]

    def broken(self, path):
        if path.name == "dataset.json":
            try:
                json.loads(path.read_bytes())
            except ValueError as error:
                return error
            return None
        if path.suffix == ".tar":
            listing = subprocess.run(["tar", "-tf", path], capture_output=True, text=True)
            return listing.stderr or None
        return None if size(path) else "it does not decode"

    def inspect(self, folder, fault):
        super().inspect(folder, fault)
        for path in self.final(folder):
            name = str(path.relative_to(folder))
            if self.known.get(name) != self.content(path):
                fault(f"{name}: not as without a kill")


class Shards(Prepare):
    name, weight = "shards", 20
    words = ["prepare", "../in/colour", "-o", "set", "--size", "256", "--shards", "1"]

    def done(self, folder):
        journal = folder / "set/.prepare/journal-0.jsonl"
        try:
            return journal.read_bytes().count(b"\n")
        except FileNotFoundError:
            return 60 if (folder / "set/dataset.json").exists() else 0


class Train(Phase):
    name, weight = "train", 40
    words = ["train", "../in/recipe.yaml", "--data", "../in/set", "--run", "run", "--steps", "12"]

    def done(self, folder):
        try:
            return (folder / "run/metrics.jsonl").read_bytes().count(b"\n")
        except FileNotFoundError:
            return 0

    def results(self, folder):
        """Files whose names, or bytes, hold the time, by what else is in them."""
        found = super().results(folder)
        events = [name for name in found if "tfevents" in name]
        for name in events:
            found.pop(name)
        found["events"] = len(events)
        return found

    def content(self, path):
        if path.name == "metrics.jsonl":
            records = [
                json.loads(line) for line in path.read_bytes().splitlines() if line.endswith(b"}")
            ]
            timed = ("time", "photographs_per_second", "waiting")
            return [{k: v for k, v in r.items() if k not in timed} for r in records]
        if path.suffix == ".html":
            return path.read_text().rstrip().endswith("</html>")
        return path.read_bytes()

    def broken(self, path):
        content = path.read_bytes()
        if path.suffix == ".safetensors":
            (length,) = struct.unpack_from("<Q", content)
            header = json.loads(content[8 : 8 + length])
            end = max(t["data_offsets"][1] for n, t in header.items() if n != "__metadata__")
            return None if len(content) == 8 + length + end else "it is cut short"
        if path.suffix == ".png":
            return None if size(path) else "it does not decode"
        if path.suffix == ".html":
            return None if content.rstrip().endswith(b"</html>") else "it is cut short"
        return None


class Film(Phase):
    name, weight = "film", 25
    words = ["../in/film.mp4", "-o", "out/film.mp4", "--detail", "32"]

    def done(self, folder):
        if (folder / "out/film.mp4").exists():
            return 4
        return len(list((folder / "out/.film.mp4.segments").glob("0*")))

    def content(self, path):
        """Time stamps and decoded sound; pictures where work went on may differ a little."""
        probe = subprocess.run(
            [
                "ffprobe",
                "-v",
                "error",
                "-show_entries",
                "packet=stream_index,pts",
                "-of",
                "csv=p=0",
                path,
            ],
            capture_output=True,
            text=True,
        )
        return probe.stderr or sorted(probe.stdout.split())

    def final(self, folder):
        return [path for path in super().final(folder) if path.name != "film.part.mp4"]

    def broken(self, path):
        decoded = subprocess.run(
            ["ffmpeg", "-v", "error", "-i", path, "-f", "null", "-"], capture_output=True, text=True
        )
        return decoded.stderr or None


class Stills(Phase):
    """Of a film of one shot, whose still is written at its end: at work it is from its start."""

    name, weight = "stills", 10
    words = ["stills", "../in/film.mp4", "-o", "out"]

    def at_work(self, folder, before):
        return True

    def broken(self, path):
        return None if size(path) else "it does not decode"


BATCHES = [Colour, Hinted, Prepare, Shards, Train, Film]
