"""What the segments of a JPEG can claim."""

import struct

from lies.bytes import put
from lies.traps import ICC_LIES, XMP_LIES, exif_lies


def jpeg_segments(content):
    """Marker, first and last byte of the segments before the first scan."""
    place = 2
    while content[place + 1] != 0xDA:
        length = int.from_bytes(content[place + 2 : place + 4], "big")
        yield content[place + 1], place, place + 2 + length
        place += 2 + length
    yield 0xDA, place, len(content)


def exif(directory):
    return segment(0xE1, b"Exif\0\0" + directory)


def segment(marker, body):
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def jpeg_lies(content):
    parts = {marker: (first, last) for marker, first, last in jpeg_segments(content)}
    frame = next(place for marker, (place, _) in parts.items() if marker in (0xC0, 0xC2))
    scan, tables = parts[0xDA][0], parts[0xC4][0]
    for name, high, wide in [
        ("huge", 65535, 65535),
        ("tall", 65535, 8),
        ("wide", 8, 65535),
        ("flat", 0, 96),
        ("thin", 96, 0),
        ("tiny", 1, 1),
        ("large", 16000, 16000),
    ]:
        yield name, put(content, frame + 5, struct.pack(">HH", high, wide))
    yield "bits", put(content, frame + 4, b"\x0c")
    for count in (0, 2, 5, 255):
        yield f"components-{count}", put(content, frame + 9, bytes([count]))
    for factor in (0, 0x11 * 4, 0x41, 0xFF):
        yield f"sampling-{factor}", put(content, frame + 11, bytes([factor]))
    for length in (0, 1, 2, 65535):
        yield f"frame-length-{length}", put(content, frame + 2, struct.pack(">H", length))
        yield f"table-length-{length}", put(content, tables + 2, struct.pack(">H", length))
    yield "codes", put(content, tables + 5, b"\xff" * 16)
    yield "no-tables", content[:tables] + content[scan:]
    yield "no-scan", content[:scan] + b"\xff\xd9"
    yield "no-frame", content[:frame] + content[parts[0xC4][0] :]
    yield "two-frames", content[:scan] + content[frame:]
    yield "scans", content[:-2] + content[scan:-2] * 200 + b"\xff\xd9"
    yield "restarts", content[:scan] + b"\xff\xdd\0\x04\0\x01" + content[scan:]
    yield "comments", content[:2] + segment(0xFE, b"x" * 65000) * 100 + content[2:]
    yield "twice", content + content
    for name, body in exif_lies().items():
        yield f"exif-{name}", content[:2] + exif(body[:65000]) + content[2:]
    for name, body in XMP_LIES.items():
        packet = b"http://ns.adobe.com/xap/1.0/\0" + body
        yield f"xmp-{name}", content[:2] + segment(0xE1, packet[:65000]) + content[2:]
    for name, body in ICC_LIES.items():
        yield (
            f"icc-{name}",
            content[:2] + segment(0xE2, b"ICC_PROFILE\0\x01\x01" + body) + content[2:],
        )
    for place, of in [(0, 0), (2, 1), (1, 255), (255, 255)]:
        piece = b"ICC_PROFILE\0" + bytes([place, of]) + bytes(100)
        yield f"icc-part-{place}-{of}", content[:2] + segment(0xE2, piece) + content[2:]
    photoshop = b"Photoshop 3.0\x008BIM\x04\x04\0\0\xff\xff\xff\xff\x1c\x02\x05\xff\xff"
    yield "iptc", content[:2] + segment(0xED, photoshop) + content[2:]
