"""Measures what Documentation/Scale.md needs beyond colorize.py; appends to results/scale.csv.

    python3 Benchmarks/scale.py [--photographs 1000000] [--width 400000]

A folder of many photographs, all coloured before: what finding and planning them takes. And a
16-bit TIFF with rows as long as those of a scan of 100 gigapixels, whose result passes 4 GB: memory
goes with the rows' length, not with their number. Processor seconds and memory are taken, which other
work on the machine hardly changes. Needs 12 GB of disk.
"""

import argparse
import os
import pathlib
import tempfile

from colorize import PROGRAM, ROOT, Figures, run, vips

RESULTS = ROOT / "Benchmarks/results/scale.csv"
ROWS = 2000
FOLDER = 1000


def fill(top, count):
    """Links to a photograph, a thousand a folder; file systems bound the links of one file."""
    sample = (ROOT / "Samples/cat.jpg").read_bytes()
    for first in range(0, count, FOLDER):
        folder = top / f"{first // FOLDER:04d}"
        folder.mkdir(parents=True)
        kept = folder / f"{first:08d}.jpg"
        kept.write_bytes(sample)
        for number in range(first + 1, min(first + FOLDER, count)):
            os.link(kept, folder / f"{number:08d}.jpg")


def many(figures, folder, count):
    fill(folder / "in", count)
    fill(folder / "out", count)
    _, processor, memory = run(PROGRAM, folder / "in", "-o", folder / "out")
    command = f"autochrome in -o out ({count} photographs, all done before)"
    figures.add(f"{count} photographs: planning, CPU", processor, "s", command)
    figures.add(f"{count} photographs: peak memory", memory / 1e6, "MB", command)


def wide(figures, folder, width):
    noise, cast, scan = folder / "noise.v", folder / "cast.v", folder / "wide.tif"
    vips("gaussnoise", noise, width, ROWS, "--mean", 30000, "--sigma", 8000)
    vips("cast", noise, cast, "ushort")
    vips("copy", cast, scan, "--interpretation", "grey16")
    noise.unlink()
    cast.unlink()
    _, processor, memory = run(PROGRAM, scan, "-o", folder / "colour.tif")
    command = "autochrome wide.tif -o colour.tif"
    name = f"{width} x {ROWS} 16-bit TIFF"
    figures.add(f"{name}: peak memory", memory / 1e6, "MB", command)
    figures.add(f"{name}: CPU", processor, "s", command)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--photographs", type=int, default=1_000_000)
    parser.add_argument("--width", type=int, default=400_000)
    options = parser.parse_args()
    figures = Figures()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        many(figures, folder, options.photographs)
        wide(figures, folder, options.width)
    figures.write(RESULTS)


if __name__ == "__main__":
    main()
