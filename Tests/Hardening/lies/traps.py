"""Metadata that are traps: EXIF, XMP, colour profiles."""

import struct


def tiff_entry(tag, kind, count, value):
    return struct.pack("<HHII", tag, kind, count, value)


def exif_lies():
    """Directories of EXIF that are traps."""
    head = b"II*\0\x08\0\0\0"
    entry = tiff_entry(0x010F, 2, 4, 0x00414243)
    return {
        "endless": head + struct.pack("<H", 1) + entry + struct.pack("<I", 8),
        "in-itself": head + struct.pack("<H", 1) + tiff_entry(0x8769, 4, 1, 8) + bytes(4),
        "tags": head + struct.pack("<H", 0xFFFF) + entry * 4000,
        "count": head + struct.pack("<H", 1) + tiff_entry(0x010F, 2, 0xFFFFFFFF, 8) + bytes(4),
        "outside": head + struct.pack("<H", 1) + tiff_entry(0x010F, 2, 99, 0xFFFFFFF0) + bytes(4),
        "kind": head + struct.pack("<H", 1) + tiff_entry(0x0112, 0xFFFF, 1, 6) + bytes(4),
        "turned": head + struct.pack("<H", 1) + tiff_entry(0x0112, 3, 1, 0xFFFF) + bytes(4),
        "note": head + struct.pack("<H", 1) + tiff_entry(0x927C, 7, 0x7FFFFFFF, 8) + bytes(4),
        "nothing": b"",
        "letters": b"Exif\0\0Exif\0\0II",
    }


XMP_LIES = {
    "open": b"<x:xmpmeta><rdf:RDF>",
    "entities": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9))
    + b"]><x:xmpmeta xmlns:x='adobe:ns:meta/'>&j;</x:xmpmeta>",
    "file": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>&a;</x:xmpmeta>",
    "deep": b"<a>" * 20000,
    "zeros": bytes(3000),
}

ICC_LIES = {
    "size": b"\xff\xff\xff\xff" + bytes(8) + b"mntrRGB XYZ " + bytes(104),
    "tags": struct.pack(">I", 400)
    + bytes(8)
    + b"mntrRGB XYZ "
    + bytes(12)
    + b"acsp"
    + bytes(88)
    + b"\xff\xff\xff\xff"
    + bytes(268),
    "zeros": bytes(500),
    "short": b"icc",
}
