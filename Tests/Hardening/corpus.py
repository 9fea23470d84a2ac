"""Makes bad photographs out of good ones: always the same ones for the same seed.

`good` gives the good ones, of every format that is read; `bad` yields names and contents.
"""

import random
import struct

from common import ROOT, SAMPLES, made
from lies import LIES
from lies.bytes import put

FIXTURES = ROOT / "Tests/AutochromeTests/Fixtures/Photo"

# Name of a good photograph: the options with which libvips writes it.
WRITTEN = {
    "baseline.jpg": "Q=85",
    "progressive.jpg": "Q=85,interlace",
    "plain.png": "",
    "interlaced.png": "interlace",
    "strips.tif": "compression=lzw",
    "deflate.tif": "compression=deflate,predictor=horizontal",
    "jpeg.tif": "compression=jpeg",
    "tiled.tif": "tile,tile-width=32,tile-height=32",
    "big.tif": "bigtiff,tile,tile-width=32,tile-height=32,compression=deflate",
    "lossy.webp": "Q=80",
    "lossless.webp": "lossless",
    "photo.heic": "compression=hevc",
    "photo.avif": "compression=av1,effort=0",
    "photo.jxl": "",
}
# Of 16 bits, and of three bands.
DEEP = {
    "deep.png": "",
    "deep.tif": "compression=lzw",
    "deep-tiled.tif": "tile,tile-width=32,tile-height=32",
}
TAGGED = [
    "tagged.jpg",
    "tagged.png",
    "tagged.tif",
    "tagged.webp",
    "tagged.heic",
    "tagged.avif",
    "tagged.jxl",
    "cmyk.jpg",
    "palette.png",
    "lab.tif",
    "rgba16.tif",
    "animated.webp",
]


def good(folder):
    """Good photographs of every format: name and content."""
    photographs = {name: (FIXTURES / name).read_bytes() for name in TAGGED}
    grey, colour, deep = folder / "grey.v", folder / "colour.v", folder / "deep.v"
    made("thumbnail", SAMPLES[0], grey, 96)
    made("bandjoin", f"{grey} {grey} {grey}", colour)
    made("linear", grey, folder / "wide.v", 257, 0)
    made("cast", folder / "wide.v", folder / "cast.v", "ushort")
    made("copy", folder / "cast.v", deep, "--interpretation", "grey16")
    for name, options in [*WRITTEN.items(), *DEEP.items()]:
        source = deep if name in DEEP else colour if "heic" in name or "avif" in name else grey
        path = folder / name
        made(
            "copy",
            source,
            f"{path}[{options}]" if options else path,
            *(["--interpretation", "srgb"] if source is colour else []),
        )
        photographs[name] = path.read_bytes()
    return photographs


def bad(photographs, seed, rounds):
    """Names and contents of bad photographs, no content twice: each good one damaged in each way
    `rounds` times at random places, and every format's own lies told once."""
    known = set(photographs.values())
    for name, content in every(photographs, seed, rounds):
        if content not in known:
            known.add(content)
            yield name, content


def every(photographs, seed, rounds):
    for name, content in photographs.items():
        for kind, damage in DAMAGES.items():
            for turn in range(rounds):
                chance = random.Random(f"{seed} {name} {kind} {turn}")
                yield f"{kind}-{turn}-{name}", damage(content, chance)
        stem, suffix = name.split(".")
        chance = random.Random(f"{seed} {name}")
        other = chance.choice([n for n in photographs if n.split(".")[1] != suffix])
        yield (
            f"spliced-{other.replace('.', '-')}-{name}",
            (content[: len(content) // 2] + photographs[other][len(photographs[other]) // 2 :]),
        )
        yield f"headed-{other.replace('.', '-')}-{name}", photographs[other][:64] + content[64:]
        yield f"misnamed-{name}.{other.split('.')[1]}", content
        for lie, false in LIES[suffix](content):
            yield f"{lie}-{name}", false
    for suffix in ("jpg", "png", "tif", "webp", "heic", "avif", "jxl"):
        yield f"empty.{suffix}", b""
        yield f"zeros.{suffix}", bytes(5000)
        yield f"noise.{suffix}", random.Random(seed).randbytes(5000)
        yield f"text.{suffix}", b"This is no photograph.\n" * 50


# Damages at random.


def cut(content, chance):
    return content[: chance.randrange(1, len(content))]


def cut_at_end(content, chance):
    return content[: -chance.randrange(1, 16)]


def flip(content, chance, count=1, limit=None):
    changed = bytearray(content)
    for _ in range(count):
        changed[chance.randrange(min(len(content), limit or len(content)))] ^= (
            1 << chance.randrange(8)
        )
    return bytes(changed)


def blank(content, chance):
    length = chance.randrange(1, len(content) // 4)
    fill = chance.choice([b"\0", b"\xff"])
    return put(content, chance.randrange(4, len(content) - length), length * fill)


def drop(content, chance):
    first = chance.randrange(4, len(content) - 1)
    return content[:first] + content[first + chance.randrange(1, len(content) // 4) :]


def double(content, chance):
    first = chance.randrange(len(content) - 1)
    last = first + chance.randrange(1, len(content) // 4)
    return content[:last] + content[first:]


def stuff(content, chance):
    place = chance.randrange(4, len(content))
    return content[:place] + chance.randbytes(chance.randrange(1, 300)) + content[place:]


def number(content, chance):
    """One of the numbers that break things, somewhere in the first half kilobyte."""
    value = chance.choice([0, 1, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF])
    form = chance.choice([">I", "<I", ">H", "<H"])
    place = chance.randrange(4, min(len(content), 512) - 4)
    return put(
        content, place, struct.pack(form, value & (0xFFFF if form[1] == "H" else 0xFFFFFFFF))
    )


DAMAGES = {
    "cut": cut,
    "shortened": cut_at_end,
    "flipped": flip,
    "flipped-head": lambda content, chance: flip(content, chance, 3, 200),
    "flipped-much": lambda content, chance: flip(content, chance, max(8, len(content) // 100)),
    "blanked": blank,
    "dropped": drop,
    "doubled": double,
    "stuffed": stuff,
    "number": number,
}
