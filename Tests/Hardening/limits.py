"""Runs the program with a full disk, a read-only folder, files that shrink, and little memory.

    sudo python3 Tests/Hardening/limits.py [--only disk|folder|shrink|memory] [--phase PHASE]

The commands are those of faults.py. Each has to end by itself, not by a signal, with status 1
and a sentence where it cannot do its work; the input stays, no file under a final name is half-
written, and once there is room again the same command ends as if nothing had happened. Mounting
needs root, Linux.
"""

import json
import os
import pathlib
import random
import re
import resource
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time

from common import ROOT, Ended, arguments, made, run, size, start
from ingredients import make_input, tree
from phases import BATCHES
from serving import Serve

MEGABYTES = [300, 800, 1200, 1500, 1600, 2000, 3000]
wrong = []


def fault(*words):
    wrong.append(words)
    print("FAULT:", *words, flush=True)


def mount(*words):
    subprocess.run(["mount", *map(str, words)], check=True)


def unmount(folder):
    subprocess.run(["umount", folder], check=True)


def expect(label, ended, *words, codes=(1,)):
    """A status of `codes`, and one of the words where it is not 0."""
    print(f"{label}: status {ended.status}: {ended.said[-160:]}", flush=True)
    if ended.late:
        fault(label, f"took {ended.seconds:.0f} s of processor time, or hung")
    if ended.status not in codes:
        fault(label, f"status {ended.status}: {ended.error[-400:]}")
    elif ended.status and words and not re.search("|".join(words), ended.error, re.I):
        fault(label, f"said {ended.error[-400:]}")
    elif ended.status and not re.search(r"\.$", ended.error, re.M):
        fault(label, f"no sentence: {ended.error[-400:]}")


def full_disk(phase, base):
    needed = sum(length for length, _ in tree(phase.folder_kept).values())
    for share in (0.02, 0.3, 0.6, 0.9):
        folder = phase.folder(f"{phase.name}-{share}")
        mount("-t", "tmpfs", "-o", f"size={max(8192, int(share * needed))}", "tmpfs", folder)
        try:
            label = f"{phase.name}, a disk of {share:g} of what is needed"
            expect(label, phase.finish(folder), "space")
            phase.inspect(folder, lambda *words: fault(label, *words))
            mount("-o", f"remount,size={4 * needed + (1 << 24)}", folder)
            expect(f"{label}, then room", phase.finish(folder), codes=(0,))
            phase.compare(folder, lambda *words: fault(label, *words))
        finally:
            unmount(folder)


def read_only(phase, base):
    folder = phase.folder(f"{phase.name}-read-only")
    mount("--bind", folder, folder)
    mount("-o", "remount,bind,ro", folder)
    label = f"{phase.name}, a read-only folder"
    try:
        expect(label, phase.finish(folder), "read-only", codes=(1, 64))
        if tree(folder):
            fault(label, "files:", *tree(folder))
    finally:
        unmount(folder)
    # A read-only input is none of our business.
    mount("--bind", base / "in", base / "in")
    mount("-o", "remount,bind,ro", base / "in")
    try:
        label = f"{phase.name}, read-only input"
        expect(label, phase.finish(folder), codes=(0,))
        phase.compare(folder, lambda *words: fault(label, *words))
    finally:
        unmount(base / "in")


def server_disk(program, base):
    """A server whose folder for uploads is full, then read-only."""
    phase = Serve(program, base)
    folder = phase.folder("serve-disk")
    mount("-t", "tmpfs", "-o", "size=1100k", "tmpfs", folder / "tmp")
    try:
        process = phase.start(folder)
        limit = time.monotonic() + 60
        while len(phase.answers) < 9 and process.poll() is None and time.monotonic() < limit:
            time.sleep(0.1)
        process.terminate()
        ended = Ended(process, 60)
        print(f"serve, a full disk: {len(phase.answers)} answers, refused: {phase.wrong[:3]}")
        if ended.status or not phase.wrong or len(phase.answers) < 9:
            fault("serve, a full disk:", ended.status, len(phase.answers), phase.wrong[:3])
        if any(not re.search(r": 5\d\d b'\{.*space", answer) for answer in phase.wrong):
            fault("serve, a full disk: it said", phase.wrong[:3])
        mount("-o", "remount,ro", folder / "tmp")
        log = base / "serve.log"
        with log.open("w") as file:
            ended = run(
                [program, "serve", "--port", "0"],
                20,
                stderr=file,
                stdout=file,
                env=os.environ | {"TMPDIR": str(folder / "tmp")},
            )
        ended.error = log.read_text()
        expect("serve, a read-only folder", ended, "read-only")
    finally:
        unmount(folder / "tmp")


def open_now(process, path):
    """Whether the process, or one it started, has the file open."""
    folders = [pathlib.Path(f"/proc/{process.pid}")]
    listed = subprocess.run(["pgrep", "-P", str(process.pid)], capture_output=True, text=True)
    folders += [pathlib.Path("/proc") / child for child in listed.stdout.split()]
    for folder in folders:
        try:
            if any(os.readlink(f) == str(path) for f in (folder / "fd").iterdir()):
                return True
            if str(path) in (folder / "maps").read_text():
                return True
        except (OSError, ProcessLookupError):
            continue
    return False


def shrinking(program, base):
    """Files cut off while they are read."""
    source = base / "shrink"
    source.mkdir()
    large = source / "large.tif"
    made("resize", next((base / "in/grey").glob("*.tif")), large, 12)
    made("copy", large, source / "large.jpg[Q=95]")
    made("copy", large, source / "large.png[compression=1]")
    subprocess.run(["tar", "-cf", source / "photos.tar", "-C", base / "in", "colour"], check=True)
    shutil.copy(base / "in/film.mp4", source / "film.mp4")
    shutil.copytree(base / "in/set", source / "set")
    run([program, "prepare", base / "in/colour", "-o", source / "shards", "--shards", "1"])
    recipe = base / "in/recipe.yaml"
    model = source / "large.safetensors"
    large_model(model)
    chance = random.Random(8)
    cases = [
        (path, [program, path, "-o", "out/", "--detail", "32"])
        for path in (large, source / "large.jpg", source / "large.png", source / "film.mp4")
    ]
    cases += [
        (source / "photos.tar", [program, "prepare", source / "photos.tar", "-o", "out"]),
        (
            source / "shards/shards/000000.tar",
            [program, "train", recipe, "--data", source / "shards", "--run", "out", "--steps", "8"],
        ),
        (model, [program, "model", "convert", model, "out.safetensors", "--precision", "fp32"]),
        (model, [program, large, "--model", model, "-o", "out/", "--detail", "32"]),
    ]
    for path, command in cases:
        whole = path.with_suffix(".whole")
        shutil.copy(path, whole)
        for turn in range(4):
            folder = base / f"shrinking-{path.name}-{turn}"
            folder.mkdir()
            process = start(command, cwd=folder)
            box = {}
            waiter = threading.Thread(target=lambda: box.update(ended=Ended(process, 60)))
            waiter.start()
            while not open_now(process, path) and process.returncode is None:
                time.sleep(0.001)
            time.sleep(chance.uniform(0, 0.2 * turn))
            os.truncate(path, int(chance.random() * path.stat().st_size))
            waiter.join()
            label = f"{command[1] if len(command) > 6 else 'colour'}, shrinking {path.name}"
            expect(label, box["ended"], codes=(0, 1))
            for made_file in folder.rglob("*"):
                if made_file.suffix in (".tif", ".jpg", ".png") and not made_file.name.startswith(
                    "."
                ):
                    if made_file.is_file() and not size(made_file):
                        fault(label, f"half-written: {made_file.name}")
            shutil.rmtree(folder)
            # In place: a new file would be another one than a process has open.
            path.write_bytes(whole.read_bytes())
        whole.unlink()


def large_model(path):
    """The model that is supplied with a tensor of half a gigabyte, a hole in the file."""
    content = (ROOT / "Models/autochrome.safetensors").read_bytes()
    (length,) = struct.unpack_from("<Q", content)
    header = json.loads(content[8 : 8 + length])
    end = len(content) - 8 - length
    header["large.weight"] = {
        "dtype": "F32",
        "shape": [1 << 27],
        "data_offsets": [end, end + (1 << 29)],
    }
    text = json.dumps(header).encode()
    with path.open("wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + content[8 + length :])
        file.truncate(8 + len(text) + end + (1 << 29))


def little_memory(phase, base):
    for megabytes in MEGABYTES:
        folder = phase.folder(f"{phase.name}-{megabytes}")
        label = f"{phase.name}, {megabytes} MB"

        def limit():
            resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20,) * 2)
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

        ended = Ended(phase.start(folder, preexec_fn=limit), 60)
        expect(label, ended, codes=(0, 1))
        phase.inspect(folder, lambda *words: fault(label, *words))
        if ended.status:
            expect(f"{label}, then enough", phase.finish(folder), codes=(0,))
        phase.judge(folder, lambda *words: fault(label, *words))


TESTS = {"disk": full_disk, "folder": read_only, "memory": little_memory}


def main():
    options = arguments(__doc__.splitlines()[0], only="", phase="")
    if options.only not in ("", *TESTS, "shrink"):
        names = ", ".join([*TESTS, "shrink"])
        sys.exit(f"--only {options.only}: there is no such test; there are {names}")
    kinds = [kind for kind in BATCHES if options.phase in kind.name]
    tests = [test for name, test in TESTS.items() if options.only in ("", name)]
    serves = options.only in ("", "disk") and options.phase in ("", "serve")
    shrinks = options.only in ("", "shrink") and not options.phase
    if not (kinds and tests or serves or shrinks):
        sys.exit(f"--only '{options.only}' --phase '{options.phase}': nothing is tested so")
    with tempfile.TemporaryDirectory() as name:
        base = pathlib.Path(name).resolve()
        make_input(options.program, base / "in")
        for kind in kinds if tests else []:
            phase = kind(options.program, base)
            phase.undisturbed(keep=True)
            for test in tests:
                test(phase, base)
        if serves:
            server_disk(options.program, base)
        if shrinks:
            shrinking(options.program, base)
    if wrong:
        print(
            len(wrong), "faults:", *[" ".join(map(str, words))[:300] for words in wrong], sep="\n"
        )
        sys.exit("limits: something is wrong; see above")


if __name__ == "__main__":
    main()
