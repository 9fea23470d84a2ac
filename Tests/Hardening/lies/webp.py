"""What the chunks of a WebP can claim."""

import struct

from lies.bytes import put
from lies.traps import ICC_LIES, XMP_LIES, exif_lies


def webp_lies(content):
    for value in (0, 7, len(content) * 2, 2**32 - 1):
        yield f"riff-{value}", put(content, 4, struct.pack("<I", value))
        yield f"chunk-{value}", put(content, 16, struct.pack("<I", value))

    def extended(flags, wide, high, *chunks):
        body = (
            b"VP8X"
            + struct.pack("<IB3x", 10, flags)
            + (wide - 1).to_bytes(3, "little")
            + (high - 1).to_bytes(3, "little")
        )
        body += b"".join(
            kind + struct.pack("<I", len(c)) + c + bytes(len(c) % 2) for kind, c in chunks
        )
        body += content[12:]
        return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body

    if content[12:16] == b"VP8X":
        for wide, high in [(1, 1), (2**24, 2**24), (16383, 16383), (2**24, 2)]:
            size = (wide - 1).to_bytes(3, "little") + (high - 1).to_bytes(3, "little")
            yield f"canvas-{wide}-{high}", put(content, 24, size)
        for flags in (0, 0x02, 0x3E, 0xFF):
            yield f"flags-{flags}", put(content, 20, bytes([flags]))
        return
    wide, high = 96, 96
    for name, body in exif_lies().items():
        yield f"exif-{name}", extended(0x08, wide, high, (b"EXIF", body))
    for name, body in XMP_LIES.items():
        yield f"xmp-{name}", extended(0x04, wide, high, (b"XMP ", body))
    for name, body in ICC_LIES.items():
        yield f"icc-{name}", extended(0x20, wide, high, (b"ICCP", body))
    yield "frames", extended(0x02, wide, high, (b"ANIM", bytes(6)), *[(b"ANMF", bytes(16))] * 3)
    yield "canvas", extended(0, 16383, 16383)
    if content[12:16] == b"VP8 ":
        yield "size", put(content, 26, struct.pack("<HH", 16383, 16383))
    else:
        yield "size", put(content, 21, struct.pack("<I", 0x0FFFFFFF))
