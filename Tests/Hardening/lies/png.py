"""What the chunks of a PNG can claim, and hide."""

import functools
import struct
import zlib

from lies.bytes import put
from lies.traps import ICC_LIES, XMP_LIES, exif_lies


@functools.cache
def packed_zeros(count):
    return zlib.compress(bytes(count), 9)


def png_chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_lies(content):
    head = content[16:29]
    after = 33

    def headed(place, piece):
        return content[:8] + png_chunk(b"IHDR", put(head, place, piece)) + content[after:]

    def added(*chunks):
        return content[:after] + b"".join(png_chunk(*chunk) for chunk in chunks) + content[after:]

    for name, wide, high in [
        ("huge", 2**31 - 1, 2**31 - 1),
        ("large", 100_000, 100_000),
        ("flat", 96, 0),
        ("thin", 0, 96),
        ("negative", 2**32 - 1, 2**32 - 1),
        ("tall", 8, 1_000_000),
        ("wide", 1_000_000, 8),
        ("bomb", 16_000, 16_000),
    ]:
        yield name, headed(0, struct.pack(">II", wide, high))
    for bits in (0, 3, 16, 32):
        yield f"bits-{bits}", headed(8, bytes([bits]))
    for colour in (1, 2, 3, 6, 7):
        yield f"colour-{colour}", headed(9, bytes([colour]))
    yield "compression", headed(10, b"\x01")
    yield "interlace", headed(12, b"\x01" if head[12] == 0 else b"\0")
    yield "interlace-9", headed(12, b"\x09")
    yield "sum", put(content, 29, b"\0\0\0\0")
    yield "length", put(content, after, b"\xff\xff\xff\xff")
    yield "no-end", content[:-12]
    first = content.index(b"IDAT") - 4
    yield "no-data", content[:first] + content[-12:]
    yield "no-pixels", content[:first] + png_chunk(b"IDAT", zlib.compress(b"")) + content[-12:]
    yield (
        "much-data",
        content[:first] + png_chunk(b"IDAT", packed_zeros(50_000_000)) + content[-12:],
    )
    bomb = packed_zeros(300_000_000)
    yield "text-bomb", added((b"zTXt", b"Comment\0\0" + bomb))
    yield "xmp-bomb", added((b"iTXt", b"XML:com.adobe.xmp\0\x01\0\0\0" + bomb))
    yield "icc-bomb", added((b"iCCP", b"profile\0\0" + bomb))
    yield "texts", added(*[(b"tEXt", b"Comment\0%d" % i) for i in range(20_000)])
    yield "unknown", added((b"ABCD", bytes(10)))
    yield "palette", added((b"PLTE", bytes(7)))
    yield "pixels-a-metre", added((b"pHYs", b"\xff\xff\xff\xff\0\0\0\0\x01"))
    for name, body in exif_lies().items():
        yield f"exif-{name}", added((b"eXIf", body))
    for name, body in XMP_LIES.items():
        yield f"xmp-{name}", added((b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + body))
    for name, body in ICC_LIES.items():
        yield f"icc-{name}", added((b"iCCP", b"profile\0\0" + zlib.compress(body)))
    yield "iptc", added((b"tEXt", b"Raw profile type iptc\0\niptc\n 99999999\n00ffzz"))
