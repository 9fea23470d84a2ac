"""What the boxes of HEIC, AVIF and JPEG XL can claim."""

import struct

from lies.bytes import put
from lies.traps import XMP_LIES, exif_lies


def box_places(content, first, last, path=()):
    """Every box of ISO-BMFF: its path of names and where it begins."""
    containers = {b"meta": 4, b"iprp": 0, b"ipco": 0, b"dinf": 0, b"iinf": 6, b"iref": 4}
    while first + 8 <= last:
        length, kind = struct.unpack_from(">I4s", content, first)
        end = first + length if length >= 8 else last
        yield path + (kind.decode("latin1").strip(),), first
        if kind in containers:
            yield from box_places(
                content, first + 8 + containers[kind], min(end, last), path + (kind.decode(),)
            )
        first = end


def box_lies(content):
    seen = {}
    for path, place in box_places(content, 0, len(content)):
        name = "-".join(part for part in path if part.isalnum())
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1 or not name:
            continue
        for value in (0, 1, 9, 2**31, 2**32 - 1):
            yield f"{name}-length-{value}", put(content, place, struct.pack(">I", value))
        yield f"{name}-named", put(content, place + 4, b"free")
        yield f"{name}-filled", put(content, place + 8, b"\xff" * 12)
    if (place := content.find(b"ispe")) > 0:
        for wide, high in [(0, 0), (1, 1), (65536, 65536), (16000, 16000), (2**32 - 1, 2**32 - 1)]:
            yield f"size-{wide}", put(content, place + 8, struct.pack(">II", wide, high))


def jxl_lies(content):
    if content[:2] == b"\xff\x0a":
        for index, piece in enumerate(
            [b"\xff\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff", b"\xc1\xff\xff\xff"]
        ):
            yield f"size-{index}", put(content, 2, piece)
    else:
        yield from box_lies(content)
    box = (
        struct.pack(">I", 12)
        + b"JXL \r\n\x87\n"
        + struct.pack(">I", 20)
        + b"ftypjxl "
        + bytes(4)
        + b"jxl "
    )
    body = content if content[:2] == b"\xff\x0a" else b"\xff\x0a"
    stream = struct.pack(">I", len(body) + 8) + b"jxlc" + body
    for name, directory in exif_lies().items():
        piece = bytes(4) + directory
        yield f"exif-{name}", box + struct.pack(">I", len(piece) + 8) + b"Exif" + piece + stream
    for name, packet in XMP_LIES.items():
        yield f"xmp-{name}", box + struct.pack(">I", len(packet) + 8) + b"xml " + packet + stream
