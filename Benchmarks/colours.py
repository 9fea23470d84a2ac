"""Measures the colours of the model: the table of Models/MODEL_CARD.md.

    .deps/bench/bin/python Benchmarks/colours.py PHOTOS [--model FILE]... [--consistency N]

PHOTOS is a folder of photographs in colour that no training has seen. Measures by `autochrome
evaluate` the default model and others beside it, at vividness 0.5 and at equal colourfulness; how
far the colours of a photograph at half, whole and double size are apart (mean CIEDE2000 at the
smaller size, N photographs); and the CPU seconds of one photograph. Appends to
Benchmarks/results/colours.csv.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import tempfile

from colorize import PROGRAM, ROOT, Figures

RESULTS = ROOT / "Benchmarks/results/colours.csv"
DEFAULT = ROOT / "Models/autochrome.safetensors"


def evaluated(photos, models):
    command = [PROGRAM, "evaluate", photos, "--json"]
    for model in [DEFAULT, *models]:
        command += ["--model", model]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    yield "photographs", found["photographs"], ""
    yield "true CF", found["trueColorfulness"]["value"], ""
    for row in found["rows"]:
        for name, key in (("CIEDE2000", "ciede2000"), ("CF", "colorfulness"), ("PSNR", "psnr")):
            unit = "dB" if key == "psnr" else ""
            yield f"{pathlib.Path(row['model']).name}: {name}", row[key]["value"], unit
    for equal in found["equals"]:
        for value in equal["values"]:
            model = pathlib.Path(value["model"]).name
            name = f"{model}: CIEDE2000 at CF {equal['colorfulness']:g}"
            yield name, value["ciede2000"]["value"], ""


def resized(picture, factor):
    from PIL import Image

    size = [max(32, round(side * factor)) for side in picture.size]
    return picture.resize(size, Image.LANCZOS)


def colored(picture, folder):
    """What the program makes of a picture, in RGB."""
    from PIL import Image

    source, result = folder / "in.png", folder / "out.png"
    picture.save(source)
    subprocess.run([PROGRAM, source, "-o", result, "--overwrite"], check=True,
                   capture_output=True)
    return Image.open(result).convert("RGB")


def difference(first, second):
    import numpy
    from skimage.color import deltaE_ciede2000, rgb2lab

    return float(deltaE_ciede2000(*(rgb2lab(numpy.asarray(p)) for p in (first, second))).mean())


def consistency(photos, count):
    from PIL import Image

    files = sorted(path for path in pathlib.Path(photos).rglob("*") if path.is_file())
    files = files[:: max(1, len(files) // count)][:count]
    apart = {"half and whole size": [], "half and double size": [], "whole and double size": []}
    with tempfile.TemporaryDirectory() as folder:
        for file in files:
            whole = Image.open(file).convert("L")
            half, one, double = (
                colored(resized(whole, factor), pathlib.Path(folder)) for factor in (0.5, 1, 2))
            small = half.size
            apart["half and whole size"].append(difference(half, one.resize(small, Image.BOX)))
            apart["half and double size"].append(difference(half, double.resize(small, Image.BOX)))
            apart["whole and double size"].append(
                difference(one, double.resize(one.size, Image.BOX)))
    for name, values in apart.items():
        yield f"{name} apart ({len(values)} photographs)", statistics.mean(values), "CIEDE2000"


def network_seconds():
    """CPU seconds of one photograph in the network: many runs less few."""
    def seconds(rounds):
        process = subprocess.Popen(
            [PROGRAM, "benchmark", ROOT / "Samples/coffee.jpg", "--device", "cpu", "--rounds",
             str(rounds)], stdout=subprocess.DEVNULL)
        usage = os.wait4(process.pid, 0)[2]
        return usage.ru_utime + usage.ru_stime

    # Reading and writing the small photograph are in it, too: an upper bound.
    yield "a photograph, all stages, CPU", (seconds(21) - seconds(1)) / 20, "s"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("photos")
    parser.add_argument("--model", action="append", default=[])
    parser.add_argument("--consistency", type=int, default=30)
    options = parser.parse_args()
    models = "".join(f" --model {pathlib.Path(model).name}" for model in options.model)
    command = f"Benchmarks/colours.py PHOTOS{models} --consistency {options.consistency}"
    figures = Figures()
    for row in (
        *evaluated(options.photos, options.model),
        *consistency(options.photos, options.consistency),
        *network_seconds(),
    ):
        figures.add(*row, command)
    figures.write(RESULTS)


if __name__ == "__main__":
    main()
