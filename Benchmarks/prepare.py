"""Times `autochrome prepare` beside the article's way of preparing photographs, in Pillow.

    .deps/bench/bin/python Benchmarks/prepare.py [--photographs FOLDER] [--runs 3] [--quick]

The same files for both: 2,000 JPEGs of 500 x 375 and 200 of 12 megapixels (4000 x 3000), made
from the photographs in a folder, or synthesised where there is none; all on one disk. The
article's way: open, count the channels, resize bilinearly to a shorter side of 512, crop
512 x 512, save with quality 75; in one process and in as many as there are cores. Also the peak
memory of preparing a tar of 5 GB. Prints CSV, one line a figure: figure,value,unit. Rates are
medians of the runs, which alternate between the rivals.
"""

import argparse
import glob
import io
import multiprocessing
import os
import shutil
import statistics
import subprocess
import tarfile
import tempfile
import time

import numpy
from PIL import Image

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAM = os.path.join(ROOT, ".build/release/autochrome")
SIZE = 512


def cores():
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def report(figure, value, unit):
    print(f"{figure},{value:.2f},{unit}", flush=True)


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
    pixels = numpy.asarray(image.resize(size, Image.Resampling.BICUBIC))[y : y + height, x : x + width]
    # The fine grain that enlarging does not bring.
    grain = random.normal(0, 4, (height, width, 1)).astype(numpy.float32)
    return Image.fromarray((pixels + grain).clip(0, 255).astype(numpy.uint8))


def make_one(order):
    path, seed, sources, width, height = order
    picture(numpy.random.default_rng(seed), sources, width, height).save(path, quality=90)


def make(folder, count, width, height, sources):
    os.makedirs(folder)
    orders = [
        (f"{folder}/{index:05d}.jpg", index + width, sources, width, height)
        for index in range(count)
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
    start = time.perf_counter()
    subprocess.run(
        [PROGRAM, "prepare", os.path.dirname(paths[0]), "-o", out, *options],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    return len(paths) / (time.perf_counter() - start)


def compare(name, folder, work, runs):
    paths = sorted(glob.glob(folder + "/*.jpg"))
    count = cores()
    rivals = {
        "Autochrome": lambda out: autochrome(paths, out, "--keep-duplicates"),
        "Autochrome --article": lambda out: autochrome(paths, out, "--article"),
        f"Pillow {count} processes": lambda out: pillow(paths, out, count),
        "Pillow 1 process": lambda out: pillow(paths, out, 1),
    }
    rates = {rival: [] for rival in rivals}
    for run in range(runs):
        for rival, prepare in rivals.items():
            out = os.path.join(work, "out")
            rates[rival].append(prepare(out))
            shutil.rmtree(out)
    medians = {rival: statistics.median(values) for rival, values in rates.items()}
    for rival, rate in medians.items():
        report(f"prepare {name} {rival}", rate, "photographs/s")
    rival = medians[f"Pillow {count} processes"]
    report(f"prepare {name} Autochrome / Pillow same cores", medians["Autochrome"] / rival, "")


def peak_memory(paths, work, size):
    """A tar of `size` bytes, each photograph with other bytes at its end, so that all are read."""
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
    command = [
        "/usr/bin/env", "python3", "-c",
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True,"
        " stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)",
        PROGRAM, "prepare", archive, "-o", out, "--keep-duplicates",
    ]
    peak = int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    os.remove(archive)
    shutil.rmtree(out)
    report(f"prepare peak memory on a tar of {written / 1e9:.1f} GB", peak / 1024, "MiB")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--photographs", default="", help="JPEGs to make the files from")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="a tenth of the files")
    arguments = parser.parse_args()
    sources = sorted(glob.glob(os.path.join(glob.escape(arguments.photographs), "*.jpg")))
    share = 10 if arguments.quick else 1
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as work:
        small, large = os.path.join(work, "small"), os.path.join(work, "large")
        make(small, 2000 // share, 500, 375, sources)
        make(large, 200 // share, 4000, 3000, sources)
        compare("500x375", small, work, arguments.runs)
        compare("12 megapixels", large, work, arguments.runs)
        mixed = sorted(glob.glob(large + "/*.jpg")) + sorted(glob.glob(small + "/*.jpg"))
        peak_memory(mixed, work, 5_000_000_000 // share)


if __name__ == "__main__":
    main()
