"""What the commands of phases.py work on, and how their results are compared."""

import hashlib
import json
import os
import pathlib
import re
import shutil
import struct
import subprocess

from common import SAMPLES, made, run

RECIPE = """
name: small
network: ChromaNetwork
loss:
  name: cross-entropy
optimizer:
  name: adamw
  learning_rate: 1e-3
  average: 0.9
augmentation:
  flip: 0.5
  grain: 2
batch_size: 2
epochs: 1
size: 64
sample_every: 4
checkpoint_every: 2
evaluate_every: 3
evaluation_share: 0.2
"""


HINTS = {
    "version": 1,
    "points": [{"x": 0.4, "y": 0.3, "color": "#803030", "radius": 0.1, "only_here": True}],
    "areas": [
        {"polygon": [[0, 0.7], [1, 0.7], [1, 1], [0, 1]], "color": "#4d6b3c", "only_here": True}
    ],
}


def make_input(program, folder):
    """Grey photographs, some with hints, ones in colour, a recipe and a film."""
    for name in ("grey", "hinted", "colour", "sent"):
        (folder / name).mkdir(parents=True)
    for index, sample in enumerate(SAMPLES * 3):
        suffix = ["jpg", "png", "tif", "webp", "tif"][index % 5]
        made("resize", sample, folder / "grey" / f"{index:02d}.{suffix}", 0.5 + 0.1 * (index // 5))
    for path in sorted((folder / "grey").iterdir())[:8]:
        shutil.copy(path, folder / "hinted")
        (folder / "hinted" / f"{path.name}.hints.json").write_text(json.dumps(HINTS))
    for sample in SAMPLES:
        ended = run([program, sample, "--vividness", 1, "--saturation", 2, "-o", folder / "whole/"])
        if ended.status:
            raise SystemExit(ended.error)
    for sample in (folder / "whole").iterdir():
        for index in range(12):
            crop = folder / "crop.v"
            made("crop", sample, crop, 13 * index, 7 * index, 250, 200)
            made("resize", crop, folder / "colour" / f"{sample.stem}-{index}.jpg[Q=90]", 3)
    for index, kind in enumerate(("jpg", "png", "tif")):
        made("resize", SAMPLES[index], folder / "sent" / f"{index}.{kind}", 1 + index)
    (folder / "recipe.yaml").write_text(RECIPE)
    run([program, "prepare", folder / "colour", "-o", folder / "set", "--size", 128])
    film = ["testsrc=s=96x64:r=25:d=24,format=gray", "sine=f=300:d=24"]
    words = [word for source in film for word in ("-f", "lavfi", "-i", source)]
    subprocess.run(
        ["ffmpeg", "-v", "error", *words, "-pix_fmt", "yuv420p", "-g", "25", folder / "film.mp4"],
        check=True,
    )


def tree(folder):
    """Every file below a folder with its size and time."""
    found = {}
    for path in folder.rglob("*"):
        try:
            facts = path.lstat()
        except FileNotFoundError:
            continue
        if not path.is_dir():
            found[str(path.relative_to(folder))] = (facts.st_size, facts.st_mtime_ns)
    return found


def running(folder):
    """Processes that work in a folder: the program's own, or those it started. Linux only."""
    found = []
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if os.readlink(process / "cwd").startswith(str(folder)):
                found.append((process / "comm").read_text().strip())
        except OSError:
            continue
    return found


def sums(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def timeless(content):
    """A photograph's bytes without the second it was made, nor the check sums over that."""
    if content[:4] == b"\x89PNG":
        parts, place = [], 8
        while place < len(content):
            (length,) = struct.unpack_from(">I", content, place)
            parts.append(content[place + 4 : place + 8 + length])
            place += 12 + length
        content = b"".join(parts)
    return re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", b"", content)
