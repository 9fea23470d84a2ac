"""What the directory of a TIFF or BigTIFF can claim."""

import struct

from lies.bytes import put


class Directory:
    """The first directory of a TIFF, classic or BigTIFF."""

    def __init__(self, content):
        self.content = content
        self.order = "<" if content[:2] == b"II" else ">"
        self.big = struct.unpack(self.order + "H", content[2:4])[0] == 43
        word, self.head, self.size = ("Q", 8, 20) if self.big else ("I", 4, 12)
        self.word = self.order + word
        (self.first,) = struct.unpack_from(self.word, content, self.head)
        form = self.order + ("Q" if self.big else "H")
        (self.count,) = struct.unpack_from(form, content, self.first)
        self.entries = self.first + struct.calcsize(form)
        self.end = self.entries + self.count * self.size

    def entry(self, tag):
        """Where the tag's entry stands."""
        for place in range(self.entries, self.end, self.size):
            if struct.unpack_from(self.order + "H", self.content, place)[0] == tag:
                return place
        return None

    def valued(self, tag, value, kind=None):
        """With the value, or the place of the values, of one tag changed."""
        place = self.entry(tag)
        if place is None:
            return None
        changed = self.content
        if kind:
            changed = put(changed, place + 2, struct.pack(self.order + "H", kind))
        (form,) = struct.unpack_from(self.order + "H", changed, place + 2)
        spot = place + (12 if self.big else 8)
        (count,) = struct.unpack_from(self.word, changed, place + 4)
        short = form == 3 and count == 1
        top = 0xFFFF if short else 2 ** (64 if self.big and form in (16,) else 32) - 1
        packed = struct.pack(
            self.order + ("H" if short else "I" if top < 2**33 else "Q"), min(value, top)
        )
        return put(changed, spot, packed)

    def counted(self, tag, count):
        place = self.entry(tag)
        return place and put(self.content, place + 4, struct.pack(self.word, count))


def tiff_lies(content):
    directory = Directory(content)
    high, low = 2**32 - 1, 0
    tags = {
        "width": 256,
        "height": 257,
        "bits": 258,
        "compression": 259,
        "kind": 262,
        "offsets": 273,
        "channels": 277,
        "rows": 278,
        "lengths": 279,
        "planes": 284,
        "predictor": 317,
        "tile-width": 322,
        "tile-height": 323,
        "tile-offsets": 324,
        "tile-lengths": 325,
        "extra": 338,
        "sample": 339,
        "tables": 347,
        "xmp": 700,
        "profile": 34675,
        "exif": 34665,
    }
    for name, tag in tags.items():
        for value in (low, 7, 40_000, high):
            if false := directory.valued(tag, value):
                yield f"{name}-{value}", false
        for count in (0, high):
            if false := directory.counted(tag, count):
                yield f"{name}-count-{count}", false
    for name, value in [("itself", directory.first), ("outside", len(content) + 9), ("high", high)]:
        yield f"next-{name}", put(content, directory.end, struct.pack(directory.word, value))
        if name != "itself":
            yield f"first-{name}", put(content, directory.head, struct.pack(directory.word, value))
    form = directory.order + ("Q" if directory.big else "H")
    for count in (0, 1, 0xFFFF, *([high] if directory.big else [])):
        yield f"tags-{count}", put(content, directory.first, struct.pack(form, count))
    yield "first-zero", put(content, directory.head, struct.pack(directory.word, 0))
    yield "order", (b"MM" if content[:2] == b"II" else b"II") + content[2:]
    large = directory.valued(256, 30_000)
    yield "large", Directory(large).valued(257, 30_000)
    # Kinds of numbers that these tags do not have.
    for kind in (0, 2, 5, 12, 0xFFFF):
        place = directory.entry(257)
        yield f"form-{kind}", put(content, place + 2, struct.pack(directory.order + "H", kind))
