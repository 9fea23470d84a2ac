"""Times one training step of the article's network: ours beside PyTorch and PaddlePaddle.

    .deps/bench/bin/python Benchmarks/training.py [--size 256] [--steps 2] [--rounds 5]

Batch 2, float32, on the CPU: forward, the article's loss, backward and Adam, on random pictures.
The rivals run by turns, each in a process of its own; a figure is the median over the rounds of the
medians of a round's steps but the first. A ratio is the median of the rounds' own ratios: what else
the machine does changes from round to round more than within one. Appends to
Benchmarks/results/training.csv.
"""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

from colorize import PROGRAM, ROOT, Figures

RESULTS = ROOT / "Benchmarks/results/training.csv"
sys.path.insert(0, str(ROOT / "Scripts/fixtures.d"))
RATE, BETAS, EPSILON = 2e-5, (0.8, 0.999), 1e-8


def pictures(size):
    import numpy as np

    random = np.random.default_rng(0)
    lightness = random.uniform(0, 100, (2, 1, size, size)).astype("float32")
    return lightness, random.uniform(-40, 40, (2, 2, size, size)).astype("float32")


def pytorch(size, steps):
    import article_torch
    import formula
    import torch

    network = article_torch.network(formula.weights()).train()
    optimizer = torch.optim.Adam(network.parameters(), lr=RATE, betas=BETAS, eps=EPSILON)
    x, t = (torch.from_numpy(array) for array in pictures(size))
    for _ in range(steps):
        start = time.perf_counter()
        p = network(x)
        loss = ((p - t) ** 2).mean() + 16.7 / ((p - p.mean()) ** 2).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        loss.item()
        print(time.perf_counter() - start, flush=True)


def paddle(size, steps):
    import article_paddle
    import formula

    def build(x, t):
        loss = article_paddle.article_loss(article_paddle.network(x, training=True), t)
        article_paddle.paddle.optimizer.Adam(RATE, *BETAS, EPSILON).minimize(loss)
        return loss

    lightness, target = pictures(size)
    session = article_paddle.Session(
        formula.weights(), {"lightness": lightness, "target": target}, build)
    for _ in range(steps):
        start = time.perf_counter()
        float(session.run())
        print(time.perf_counter() - start, flush=True)


def ours(size, steps):
    """Steps of the program on two photographs of noise, reading them included."""
    import numpy as np
    from PIL import Image

    with tempfile.TemporaryDirectory() as folder:
        data = pathlib.Path(folder, "photographs")
        data.mkdir()
        random = np.random.default_rng(0)
        for i in range(2):
            noise = random.integers(0, 256, (size, size, 3), dtype=np.uint8)
            Image.fromarray(noise).save(data / f"{i}.png")
        command = [
            PROGRAM, "train", ROOT / "Recipes/article.yaml",
            "--data", data, "--run", f"{folder}/run", "--batch-size", "2", "--size", str(size),
            "--steps", str(steps), "--device", "cpu",
        ]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        for line in pathlib.Path(folder, "run/metrics.jsonl").read_text().splitlines():
            step = json.loads(line)
            print(2 / step["photographs_per_second"], step["waiting"], flush=True)


RIVALS = {"autochrome": ours, "pytorch": pytorch, "paddlepaddle": paddle}


def measured(options):
    """A round's median seconds a step, by rival, and the shares of ours spent waiting."""
    seconds, waiting = {name: [] for name in RIVALS}, []
    for _ in range(options.rounds):
        for name in RIVALS:
            command = [sys.executable, __file__, "--rival", name, "--size", str(options.size),
                       "--steps", str(options.steps + 1)]
            output = subprocess.run(
                command, check=True, capture_output=True, text=True).stdout.splitlines()
            rows = [[float(word) for word in line.split()] for line in output
                    if line and line[0].isdigit()][1:]
            seconds[name].append(statistics.median(row[0] for row in rows))
            waiting += [row[1] for row in rows if len(row) > 1]
    return seconds, waiting


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--steps", type=int, default=2, help="that count, a round")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rival", choices=RIVALS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.rival:
        return RIVALS[options.rival](options.size, options.steps)
    seconds, waiting = measured(options)
    command = (
        f"Benchmarks/training.py --size {options.size} --steps {options.steps} "
        f"--rounds {options.rounds}"
    )
    figures = Figures()
    for name, values in seconds.items():
        figures.add(f"training step, {name}", statistics.median(values), "s", command)
    for rival in ("pytorch", "paddlepaddle"):
        ratio = statistics.median(a / b for a, b in zip(seconds["autochrome"], seconds[rival]))
        figures.add(f"training step, autochrome / {rival}", ratio, "x", command)
    figures.add("share of a step waiting for photographs", statistics.median(waiting), "", command)
    figures.write(RESULTS)


if __name__ == "__main__":
    main()
