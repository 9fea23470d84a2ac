"""Measures the colours of moving pictures whose true colours and motion are known, and the time.

    .deps/bench/bin/python Benchmarks/film.py [PHOTOS] [--shots 12] [--frames 36]
                                              [--only colours|time] [--keep FOLDER]

Shots are made from still photographs in colour, those of the folder PHOTOS and scikit-image's own:
pans, zooms, zooms with a pan, and changes of exposure, one after the other in one film with cuts
between them. The film is the L* of that, with grain, as H.264. It is coloured twice, steadily as
by default and frame by frame (--no-smoothing), without loss and with 10 bits, so that the rounding
of codes is not measured. For both:

  CIEDE2000      mean over pixels, to the true colours of every fourth frame
  colourfulness  Hasler and Susstrunk's M, mean over the same frames
  warp error     distance in a*b* of a frame and the next one moved back by the known motion,
                 mean over pixels and pairs within shots; once of pixels, once of means over
                 4 x 4 pixels, where the grain that lightness keeps hardly counts; that of the
                 truth, which has no grain, is the floor

Besides, the time of a film of 640 x 480, beside a bare transcoding by ffmpeg. results/film.csv holds the
latest run; with --only or --option nothing is written there.
"""

import argparse
import math
import pathlib
import subprocess
import sys
import tempfile

import numpy
from scipy import ndimage
from skimage import color, data, io

from colorize import PROGRAM, ROOT, Figures, run

RESULTS = ROOT / "Benchmarks/results/film.csv"
WIDTH, HEIGHT, RATE = 384, 288, 25
KINDS = ["pan", "zoom in", "exposure", "zoom out with pan", "slow pan with exposure"]


def photographs(folder, count):
    """RGB photographs, 0...255."""
    if folder:
        paths = sorted(p for p in pathlib.Path(folder).iterdir() if p.suffix in (".jpg", ".png"))
        paths = paths[:: max(1, len(paths) // count)][:count]
        return [io.imread(path) for path in paths]
    own = [data.astronaut(), data.coffee(), data.chelsea(), data.rocket()]
    return [own[i % len(own)][:, :: -1 if i // len(own) % 2 else 1] for i in range(count)]


class Shot:
    """A window of a photograph that moves, frame by frame."""

    def __init__(self, photograph, kind, frames):
        self.linear = ((photograph[..., :3] / 255.0) ** 2.2).astype(numpy.float32)
        height, width = photograph.shape[:2]
        # Photograph's pixels for one of the film, where the window is as large as it gets.
        whole = min(width / WIDTH, height / HEIGHT)
        self.steps = []
        for i in range(frames):
            t = i / max(1, frames - 1)
            zoom = {"zoom in": 0.95 - 0.3 * t, "zoom out with pan": 0.6 + 0.3 * t}.get(kind, 0.7)
            moves = {"pan": 1.0, "zoom out with pan": 0.5, "slow pan with exposure": 0.4}
            along = (t - 0.5) * moves.get(kind, 0)
            scale = whole * zoom
            room = numpy.array([width - scale * WIDTH, height - scale * HEIGHT])
            centre = numpy.array([width, height]) / 2 + room * along * [1, 0.6]
            gain = 1 + 0.35 * math.sin(2 * math.pi * t) if "exposure" in kind else 1
            self.steps.append((scale, centre, gain))

    def places(self, step):
        """Where the film's pixels lie in the photograph: x and y planes."""
        scale, centre, _ = self.steps[step]
        y, x = numpy.mgrid[0:HEIGHT, 0:WIDTH].astype(numpy.float32)
        return (
            centre[0] + scale * (x + 0.5 - WIDTH / 2) - 0.5,
            centre[1] + scale * (y + 0.5 - HEIGHT / 2) - 0.5,
        )

    def frame(self, step):
        """The true frame, RGB 0...1."""
        x, y = self.places(step)
        planes = [
            ndimage.map_coordinates(self.linear[..., c], [y, x], order=1, mode="nearest")
            for c in range(3)
        ]
        return numpy.clip(numpy.stack(planes, -1) * self.steps[step][2], 0, 1) ** (1 / 2.2)

    def onward(self, step):
        """Where each pixel of a frame lies in the next: y, x, and which of them are inside."""
        x, y = self.places(step)
        scale, centre, _ = self.steps[step + 1]
        nx = (x + 0.5 - centre[0]) / scale + WIDTH / 2 - 0.5
        ny = (y + 0.5 - centre[1]) / scale + HEIGHT / 2 - 0.5
        inside = (nx >= 0) & (ny >= 0) & (nx <= WIDTH - 1) & (ny <= HEIGHT - 1)
        return ny, nx, inside


def write_film(path, frames):
    """Grey frames, 0...255, as H.264 in yuv420p."""
    command = [
        "ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s",
        f"{WIDTH}x{HEIGHT}", "-r", str(RATE), "-i", "-", "-pix_fmt", "yuv420p", "-crf", "16",
        str(path),
    ]
    process = subprocess.Popen(command, stdin=subprocess.PIPE)
    for frame in frames:
        process.stdin.write(numpy.repeat(frame[..., None], 3, -1).tobytes())
    process.stdin.close()
    if process.wait() != 0:
        sys.exit("ffmpeg could not write the film")


def read_film(path):
    """The frames, RGB 0...65535."""
    command = [
        "ffmpeg", "-v", "error", "-i", str(path), "-f", "rawvideo", "-pix_fmt", "rgb48le",
        "-sws_flags", "accurate_rnd+full_chroma_int", "-",
    ]
    raw = subprocess.run(command, check=True, capture_output=True).stdout
    return numpy.frombuffer(raw, numpy.uint16).reshape(-1, HEIGHT, WIDTH, 3)


def grey(frame, random):
    """The frame's L* as a grey of 8 bits, with grain."""
    lab = color.rgb2lab(frame)
    lab[..., 1:] = 0
    codes = 255 * color.lab2rgb(lab)[..., 0] + random.normal(0, 2, frame.shape[:2])
    return codes.round().clip(0, 255).astype(numpy.uint8)


def colourfulness(rgb):
    r, g, b = (255 * rgb[..., c] for c in range(3))
    rg, yb = r - g, (r + g) / 2 - b
    return math.hypot(rg.std(), yb.std()) + 0.3 * math.hypot(rg.mean(), yb.mean())


def warp_error(shot, step, before, lab, size):
    """Of a*b*, averaged over `size` x `size` pixels, of the frame `step` and the next."""
    y, x, inside = shot.onward(step)
    planes = [[ndimage.uniform_filter(p[..., c], size) for c in (1, 2)] for p in (before, lab)]
    moved = [ndimage.map_coordinates(plane, [y, x], order=1) for plane in planes[1]]
    return numpy.hypot(moved[0] - planes[0][0], moved[1] - planes[0][1])[inside].mean()


def judge(shots, film, truth=False):
    """The figures of a film."""
    number, before = 0, None
    found = {}
    for shot, kind in shots:
        for step in range(len(shot.steps)):
            rgb = shot.frame(step) if truth else film[number] / 65535.0
            lab = color.rgb2lab(rgb.astype(numpy.float32))
            if step % 4 == 0:
                if not truth:
                    expected = color.rgb2lab(shot.frame(step))
                    difference = color.deltaE_ciede2000(expected, lab).mean()
                    found.setdefault("mean CIEDE2000", []).append(difference)
                found.setdefault("colourfulness", []).append(colourfulness(rgb))
            if step > 0:
                error = warp_error(shot, step - 1, before, lab, 1)
                found.setdefault("warp error", []).append(error)
                found.setdefault(f"warp error, {kind}", []).append(error)
                error = warp_error(shot, step - 1, before, lab, 4)
                found.setdefault("warp error of 4 x 4 means", []).append(error)
            before = lab
            number += 1
    return {name: float(numpy.mean(values)) for name, values in found.items()}


def colours(figures, folder, options, source, photos):
    random = numpy.random.default_rng(0)
    kinds = [KINDS[i % len(KINDS)] for i in range(options.shots)]
    shots = [
        (Shot(p, kind, options.frames), kind)
        for p, kind in zip(photographs(photos, options.shots), kinds)
    ]
    film = folder / f"{source}.mp4"
    write_film(film, (grey(s.frame(i), random) for s, _ in shots for i in range(len(s.steps))))
    results = {"truth": judge(shots, None, truth=True)}
    for way, extra in (("frame by frame", ["--no-smoothing"]), ("steady", [])):
        out = folder / f"{source} {way}.mkv"
        run(PROGRAM, film, "-o", out, "--overwrite", "--codec", "ffv1", "--pixel-format",
            "yuv444p10le", *options.option, *extra)
        results[way] = judge(shots, read_film(out))
    for way, found in results.items():
        for name, value in found.items():
            figures.add(f"{source}, {way}: {name}", value, "", invocation())
    for name, value in results["steady"].items():
        if "," not in name:
            ratio = value / results["frame by frame"][name]
            figures.add(f"{source}, steady / frame by frame: {name}", ratio, "x", invocation())


def time(figures, folder, options):
    film, seconds = folder / "long.mp4", options.seconds
    still = folder / "still.png"
    io.imsave(still, data.astronaut(), check_contrast=False)
    pan = "scale=900:-2,crop=640:480:x='(iw-640)*t/%d':y='(ih-480)*t/%d',format=gray" % (
        seconds, seconds)
    subprocess.run(
        ["ffmpeg", "-v", "error", "-y", "-loop", "1", "-i", still, "-vf", pan, "-r", str(RATE),
         "-t", str(seconds), "-pix_fmt", "yuv420p", film], check=True)
    frames = seconds * RATE
    out = folder / "long.color.mp4"
    commands = {
        "ffmpeg transcode": ["ffmpeg", "-v", "error", "-y", "-i", film, "-crf", "18", out],
        "steady": [PROGRAM, film, "-o", out, "--overwrite"],
        "frame by frame": [PROGRAM, film, "-o", out, "--overwrite", "--no-smoothing"],
    }
    rates = {}
    for name, command in commands.items():
        taken, processor, memory = run(*command)
        rates[name] = frames / taken
        text = " ".join(pathlib.Path(str(part)).name for part in command)
        figures.add(f"640 x 480, {name}: frames a second", rates[name], "1/s", text)
        figures.add(f"640 x 480, {name}: peak memory", memory / 1e6, "MB", text)
    figures.add(
        "640 x 480, steady / frame by frame", rates["steady"] / rates["frame by frame"], "x",
        invocation())
    figures.add(
        "640 x 480, ffmpeg transcode / steady", rates["ffmpeg transcode"] / rates["steady"], "x",
        invocation())


def invocation():
    """The command that this is, without the folders of this machine."""
    arguments = ["FOLDER" if "/" in argument else argument for argument in sys.argv[1:]]
    return " ".join(["python Benchmarks/film.py", *arguments])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("photos", nargs="?", help="a folder of photographs in colour")
    parser.add_argument("--shots", type=int, default=12)
    parser.add_argument("--frames", type=int, default=36, help="of a shot")
    parser.add_argument("--seconds", type=int, default=8, help="of the film that is timed")
    parser.add_argument("--only", choices=["colours", "time"])
    parser.add_argument("--keep", help="a folder for the films")
    parser.add_argument("--option", nargs="*", default=[], help="more options of autochrome")
    options = parser.parse_args()
    figures = Figures()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(options.keep or name)
        folder.mkdir(exist_ok=True)
        # First, while this process is small: a child's peak memory counts what it was forked from.
        if options.only != "colours":
            time(figures, folder, options)
        if options.only != "time":
            if options.photos:
                colours(figures, folder, options, "photographs", options.photos)
            colours(figures, folder, options, "scikit-image", None)
    if options.only is None and not options.option:
        RESULTS.unlink(missing_ok=True)
        figures.write(RESULTS)


if __name__ == "__main__":
    main()
