"""Measures colouring beside other programs, in one run, and appends to results/colorize.csv.

    python3 Benchmarks/colorize.py [--quick]

Every figure of ours stands beside the same work done by a rival a moment before or after:
`vips copy` for what is not the network, PyTorch and PaddlePaddle (rivals.py) for the network.
Photographs are made here. Times of a shared machine vary; the ratios are what counts.
"""

import argparse
import csv
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = ROOT / ".build/release/autochrome"
RESULTS = ROOT / "Benchmarks/results/colorize.csv"


def run(*command, check=True):
    """Runs a command; returns its wall seconds, CPU seconds and peak resident bytes."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    error = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    if check and process.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{error.decode()}")
    unit = 1 if platform.system() == "Darwin" else 1024
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit


def medians(rounds, **commands):
    """Runs the commands in turn, `rounds` times; the median of each measure of each."""
    for command in commands.values():
        run(*command)
    taken = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            taken[name].append(run(*command))
    return {name: [statistics.median(c) for c in zip(*runs)] for name, runs in taken.items()}


def vips(*arguments):
    subprocess.run(["vips", *map(str, arguments)], check=True)


def make_photograph(path, width, height, bits=8):
    """A sample photograph enlarged to the size, with grain, in colour, as JPEG or TIFF."""
    folder = path.parent
    sample = next((ROOT / "Samples").glob("photographer*"))
    large, grain, noisy, tinted = (folder / f"{path.stem}-{n}.v" for n in range(4))
    shape = subprocess.run(
        ["vipsheader", "-f", "width", sample], check=True, capture_output=True, text=True
    )
    scale = width / int(shape.stdout)
    vips("resize", sample, large, scale, "--vscale", scale)
    vips("gravity", large, noisy, "centre", width, height, "--extend", "mirror")
    vips("gaussnoise", grain, width, height, "--sigma", 4)
    factor = 1 if bits == 8 else 257
    total = folder / f"{path.stem}-sum.v"
    vips("add", noisy, grain, total)
    gains = [factor * 1.0, factor * 0.93, factor * 0.8]
    vips("linear", total, tinted, " ".join(map(str, gains)), "8 4 0")
    kind = "uchar" if bits == 8 else "ushort"
    cast = folder / f"{path.stem}-cast.v"
    vips("cast", tinted, cast, kind)
    space = "srgb" if bits == 8 else "rgb16"
    option = "[Q=92]" if path.suffix == ".jpg" else "[strip]"
    vips("copy", cast, f"{path}{option}", "--interpretation", space)
    for part in folder.glob(f"{path.stem}-*.v"):
        part.unlink()


class Figures:
    def __init__(self):
        machine = f"{platform.machine()} {os.cpu_count()} cores {self.processor()}"
        self.facts = [machine, self.commit(), time.strftime("%Y-%m-%d")]
        self.rows = []

    @staticmethod
    def commit():
        """The commit, and `-dirty` where more than results was changed since."""
        git = ["git", "-C", ROOT]
        name = subprocess.run(
            [*git, "rev-parse", "--short", "HEAD"], capture_output=True, text=True
        ).stdout.strip()
        changed = subprocess.run(
            [*git, "diff", "--quiet", "HEAD", "--", ".", ":(exclude)Benchmarks/results"]
        ).returncode
        return f"{name}-dirty" if changed else name

    @staticmethod
    def processor():
        try:
            lines = pathlib.Path("/proc/cpuinfo").read_text().splitlines()
            return next(l.split(":")[1].strip() for l in lines if l.startswith("model name"))
        except (OSError, StopIteration):
            return platform.processor()

    def add(self, name, value, unit, command):
        print(f"{name:58s} {value:12.3f} {unit}", flush=True)
        self.rows.append([name, f"{value:.4g}", unit, *self.facts, command])

    def write(self, results=RESULTS):
        results.parent.mkdir(exist_ok=True)
        is_new = not results.exists()
        with results.open("a", newline="") as file:
            writer = csv.writer(file)
            if is_new:
                writer.writerow("figure value unit machine commit date command".split())
            writer.writerows(self.rows)
        print(f"appended to {results.relative_to(ROOT)}")


def start_up(figures):
    for flag in ("--help", "--version"):
        taken = [run(PROGRAM, flag)[0] for _ in range(20)]
        figures.add(f"autochrome {flag}", statistics.median(taken), "s", f"autochrome {flag}")


def one_photograph(figures, folder, rounds):
    """12 megapixels, JPEG to JPEG: the stages, and the whole program beside `vips copy`."""
    photograph = folder / "photo.jpg"
    make_photograph(photograph, 4000, 3000)
    copy = ["vips", "copy", photograph, f"{folder}/copy.jpg[Q=92]"]
    colour = [PROGRAM, photograph, "-o", folder / "colour.jpg", "--overwrite"]
    both = medians(rounds, copy=copy, colour=colour)
    command = "autochrome photo.jpg -o colour.jpg"
    stages = benchmark_rows(photograph, rounds=rounds)
    reading = stages["photo.jpg: reading"]
    writing = stages["photo.jpg: writing"]
    figures.add("12 MP JPEG: vips copy", both["copy"][0], "s", "vips copy photo.jpg copy.jpg[Q=92]")
    figures.add("12 MP JPEG: whole program", both["colour"][0], "s", command)
    figures.add("12 MP JPEG: reading", reading, "s", "autochrome benchmark photo.jpg")
    figures.add("12 MP JPEG: network", stages["photo.jpg: network"], "s", "autochrome benchmark photo.jpg")
    figures.add("12 MP JPEG: writing", writing, "s", "autochrome benchmark photo.jpg")
    ratio = (reading + writing) / both["copy"][0]
    figures.add("12 MP JPEG: besides the network / vips copy", ratio, "x", command)
    figures.add("12 MP JPEG: peak memory", both["colour"][2] / 1e6, "MB", command)


def benchmark_rows(*photographs, rounds=5):
    out = subprocess.run(
        [PROGRAM, "benchmark", *photographs, "--rounds", str(rounds)],
        check=True, capture_output=True, text=True,
    ).stdout
    return {row["figure"]: float(row["value"]) for row in csv.DictReader(out.splitlines())}


def large_photographs(figures, folder, sizes):
    """16-bit TIFF of many megapixels: memory must not grow with them."""
    for megapixels, width, height in sizes:
        photograph = folder / f"large-{megapixels}.tif"
        make_photograph(photograph, width, height, bits=16)
        result = folder / f"large-{megapixels}-colour.tif"
        copied = folder / f"large-{megapixels}-copy.tif"
        colour = run(PROGRAM, photograph, "-o", result)
        copy = run("vips", "copy", photograph, copied)
        command = f"autochrome large-{megapixels}.tif -o colour.tif"
        figures.add(f"{megapixels} MP 16-bit TIFF: peak memory", colour[2] / 1e6, "MB", command)
        figures.add(f"{megapixels} MP 16-bit TIFF: whole program", colour[0], "s", command)
        figures.add(f"{megapixels} MP 16-bit TIFF: / vips copy", colour[0] / copy[0], "x", command)
        for path in (photograph, result, copied):
            path.unlink()


def folder_of_photographs(figures, folder, count):
    """A folder: reading, network and writing overlap, so both cores are busy."""
    source = folder / "in"
    source.mkdir()
    make_photograph(source / "0.jpg", 2000, 1500)
    for index in range(1, count):
        os.link(source / "0.jpg", source / f"{index}.jpg")
    command = [PROGRAM, source, "-o", folder / "out", "--recolor"]
    seconds, processor, memory = run(*command)
    text = f"autochrome in -o out --recolor ({count} JPEGs of 3 MP)"
    figures.add("folder: photographs a second", count / seconds, "1/s", text)
    figures.add("folder: cores busy", processor / seconds, f"of {os.cpu_count()}", text)
    figures.add("folder: peak memory", memory / 1e6, "MB", text)


def networks(figures, rounds):
    """The article's network beside PyTorch and PaddlePaddle, in turns."""
    python = ROOT / ".deps/bench/bin/python"
    ours, rivals = [], []
    for _ in range(rounds):
        ours.append(benchmark_rows(rounds=3))
        out = subprocess.run(
            [python, ROOT / "Benchmarks/rivals.py", "--runs", "3"], check=True, capture_output=True, text=True
        ).stdout
        rows = csv.DictReader(out.splitlines())
        rivals.append({row["figure"]: float(row["value"]) for row in rows})
    for name in ours[0]:
        if "network" in name or "ResNet" in name:
            value = statistics.median(turn[name] for turn in ours)
            figures.add(f"autochrome: {name}", value, "s", "autochrome benchmark")
    article = statistics.median(turn["ResNet 512 x 512"] for turn in ours)
    for name in rivals[0]:
        value = statistics.median(turn[name] for turn in rivals)
        figures.add(name, value, "s", "python Benchmarks/rivals.py")
        if "512" in name:
            figures.add(f"autochrome / {name}", article / value, "x", "make bench")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="smaller photographs, fewer rounds")
    quick = parser.parse_args().quick
    figures = Figures()
    try:
        start_up(figures)
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            one_photograph(figures, folder, 2 if quick else 7)
            folder_of_photographs(figures, folder, 8 if quick else 40)
            sizes = [(50, 8000, 6250), (200, 16000, 12500), (500, 25000, 20000)]
            large_photographs(figures, folder, sizes[:1] if quick else sizes)
        networks(figures, 1 if quick else 2)
    finally:
        figures.write()


if __name__ == "__main__":
    main()
