"""Measures `autochrome prepare` beside the article's way, and appends to results/prepare.csv.

    .deps/bench/bin/python Benchmarks/prepare.py [--photographs FOLDER] [--rounds 3] [--quick]
                                                 [--only small|large|memory] [--files FOLDER]

The same files for both: 2,000 JPEGs of 500 x 375 and 200 of 12 megapixels (4000 x 3000), made
from the JPEGs in a folder, or synthesised where none is given. The article's way, in Pillow: open,
count the channels, resize bilinearly to a shorter side of 512, crop 512 x 512, save with quality
75; in as many processes as there are cores. Rates are medians of the rounds, in which the rivals
take turns. Then the peak memory of preparing a tar of 5 GB. What is made goes to a folder of its
own and is removed, but in --files it stays for the next run.
"""

import argparse
import glob
import io
import json
import multiprocessing
import os
import shutil
import statistics
import tarfile
import tempfile
import time

import numpy
from PIL import Image

from colorize import PROGRAM, ROOT, Figures, run

RESULTS = ROOT / "Benchmarks/results/prepare.csv"
SIZE = 512
PARTS = ["small", "large", "memory"]


def cores():
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def texture(random, width, height):
    """A picture with the spectrum of photographs: amplitudes fall as 1/f, colours correlate."""
    v = numpy.fft.fftfreq(height)[:, None]
    u = numpy.fft.rfftfreq(width)[None, :]
    fall = 1 / numpy.maximum(numpy.hypot(u, v), 1 / max(width, height))
    planes = []
    for strength in (1.0, 0.35, 0.35):
        phase = numpy.exp(2j * numpy.pi * random.random(fall.shape))
        plane = numpy.fft.irfft2(fall * phase, s=(height, width))
        planes.append(strength * 45 * plane / plane.std())
    y, a, b = planes
    rgb = numpy.stack([y + a, y - 0.3 * a - 0.3 * b, y + b], -1) + 120
    return Image.fromarray(rgb.clip(0, 255).astype(numpy.uint8))


def picture(random, sources, width, height):
    if not sources:
        return texture(random, width, height)
    with Image.open(sources[random.integers(len(sources))]) as image:
        image = image.convert("RGB")
    if image.width < image.height:
        image = image.transpose(Image.Transpose.ROTATE_90)
    scale = max(width / image.width, height / image.height)
    size = (round(image.width * scale) + 8, round(image.height * scale) + 8)
    x, y = random.integers(8), random.integers(8)
    enlarged = image.resize(size, Image.Resampling.BICUBIC)
    pixels = numpy.asarray(enlarged)[y : y + height, x : x + width]
    # The fine grain that enlarging does not bring.
    grain = random.normal(0, 4, (height, width, 1)).astype(numpy.float32)
    return Image.fromarray((pixels + grain).clip(0, 255).astype(numpy.uint8))


def make_one(order):
    path, seed, sources, width, height = order
    picture(numpy.random.default_rng(seed), sources, width, height).save(path, quality=90)


def make(folder, count, width, height, sources):
    os.makedirs(folder, exist_ok=True)
    orders = [
        (f"{folder}/{index:05d}.jpg", index + width, sources, width, height)
        for index in range(count)
        if not os.path.exists(f"{folder}/{index:05d}.jpg")
    ]
    with multiprocessing.Pool(cores()) as pool:
        pool.map(make_one, orders, chunksize=4)


def articles_way(order):
    path, folder = order
    with Image.open(path) as image:
        if len(image.getbands()) == 1:
            return
        scale = SIZE / min(image.size)
        width, height = (max(SIZE, round(side * scale)) for side in image.size)
        resized = image.resize((width, height), Image.Resampling.BILINEAR)
        resized.crop((0, 0, SIZE, SIZE)).save(
            os.path.join(folder, os.path.basename(path)), quality=75
        )


def pillow(paths, out, processes):
    os.makedirs(out)
    orders = [(path, out) for path in paths]
    # Starting the processes is not counted.
    with multiprocessing.Pool(processes) as pool:
        pool.map(abs, range(processes))
        start = time.perf_counter()
        pool.map(articles_way, orders, chunksize=8)
        return len(paths) / (time.perf_counter() - start)


def autochrome(paths, out, *options):
    seconds, _, _ = run(PROGRAM, "prepare", os.path.dirname(paths[0]), "-o", out, *options)
    with open(os.path.join(out, "dataset.json")) as file:
        counts = json.load(file)["counts"]
    # Those left out (of one hue) are not written, so they do not count.
    return counts["kept"] / seconds


def compare(figures, name, folder, work, rounds):
    paths = sorted(glob.glob(folder + "/*.jpg"))
    count = cores()
    ours = "autochrome prepare IN -o OUT --keep-duplicates"
    theirs = f"Pillow, {count} processes"
    rivals = {
        ours: lambda out: autochrome(paths, out, "--keep-duplicates"),
        theirs: lambda out: pillow(paths, out, count),
        "autochrome prepare IN -o OUT --article": lambda out: autochrome(paths, out, "--article"),
    }
    rates = {rival: [] for rival in rivals}
    for _ in range(rounds):
        for rival, prepare in rivals.items():
            out = os.path.join(work, "out")
            rates[rival].append(prepare(out))
            shutil.rmtree(out)
    medians = {rival: statistics.median(values) for rival, values in rates.items()}
    for rival, rate in medians.items():
        label = rival.replace(" IN -o OUT", "").replace(" --keep-duplicates", "")
        figures.add(f"{len(paths)} JPEGs of {name}: {label}", rate, "1/s", rival)
    # Of neighbours in time, since the load of a shared machine changes between rounds.
    ratio = statistics.median(a / b for a, b in zip(rates[ours], rates[theirs]))
    figures.add(f"{len(paths)} JPEGs of {name}: autochrome / {theirs}", ratio, "x", ours)


def peak_memory(figures, paths, work, size):
    archive = os.path.join(work, "large.tar")
    written = index = 0
    with tarfile.open(archive, "w") as tar:
        while written < size:
            with open(paths[index % len(paths)], "rb") as file:
                data = file.read()
            info = tarfile.TarInfo(f"{index:07d}.jpg")
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
            written += len(data)
            index += 1
    out = os.path.join(work, "out")
    _, _, peak = run(PROGRAM, "prepare", archive, "-o", out, "--keep-duplicates")
    os.remove(archive)
    shutil.rmtree(out)
    figures.add(
        f"a tar of {written / 1e9:.1f} GB: peak memory", peak / 1e6, "MB",
        "autochrome prepare large.tar -o OUT --keep-duplicates",
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--photographs", help="JPEGs to make the files from")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="a tenth of the files, one round")
    parser.add_argument("--files", help="where the photographs are made, or were before")
    parser.add_argument("--only", choices=PARTS, help="one of the three parts")
    arguments = parser.parse_args()
    sources = []
    if arguments.photographs:
        sources = sorted(glob.glob(os.path.join(glob.escape(arguments.photographs), "*.jpg")))
    share, rounds = (10, 1) if arguments.quick else (1, arguments.rounds)
    parts = [arguments.only] if arguments.only else PARTS
    figures = Figures()
    with tempfile.TemporaryDirectory() as work:
        files = arguments.files or work
        small, large = os.path.join(files, "small"), os.path.join(files, "large")
        if parts != ["large"]:
            make(small, 2000 // share, 500, 375, sources)
        if parts != ["small"]:
            make(large, 200 // share, 4000, 3000, sources)
        if "small" in parts:
            compare(figures, "500 x 375", small, work, rounds)
        if "large" in parts:
            compare(figures, "12 MP", large, work, rounds)
        if "memory" in parts:
            mixed = sorted(glob.glob(large + "/*.jpg")) + sorted(glob.glob(small + "/*.jpg"))
            peak_memory(figures, mixed, work, 5_000_000_000 // share)
    figures.write(RESULTS)


if __name__ == "__main__":
    main()
