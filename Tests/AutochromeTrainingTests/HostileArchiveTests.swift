import AutochromeTraining
import Foundation
import Testing

/// Archives that were made to fill a memory or a day, and such as only seem damaged.
@Suite struct HostileArchiveTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// A file that a line of Python makes, which has `jpeg` and writes into `out`.
    private func make(_ name: String, _ script: String) throws {
        let jpeg = Data(try TestPhotograph.jpeg(0)).base64EncodedString()
        let whole = """
            import base64, gzip, io, lzma, struct, sys, tarfile, zipfile, zlib
            jpeg, out = base64.b64decode("\(jpeg)"), io.BytesIO()

            def tar(*members):
                file = io.BytesIO()
                with tarfile.open(fileobj=file, mode="w") as archive:
                    for name, data in members:
                        info = tarfile.TarInfo(name)
                        info.size = len(data)
                        archive.addfile(info, io.BytesIO(data))
                return file.getvalue()

            \(script)
            print(base64.b64encode(out.getvalue()).decode(), end="")
            """
        let text = try Python.run(whole, input: Data())
        try scratch.write([UInt8](Data(base64Encoded: text) ?? Data()), as: name)
    }

    /// A gzip file that unpacks to itself: a stored block is a statement that prints what is in
    /// it, a match one that prints once more; two parts of five statements each print the other.
    private static let quine = """
        def literal(count):
            return b"\\0" + struct.pack("<HH", count, count ^ 0xFFFF)

        def repeat(count):
            bits, place = 0, 0
            match = [(count // 2 - 2, 7, 1), (8, 5, 1), (count - 17, 3, 0)]
            for value, length, first in [(0, 1, 0), (1, 2, 0)] + match * 2 + [(0, 7, 1)]:
                for i in range(length):
                    bits |= (value >> (length - 1 - i if first else i) & 1) << place
                    place += 1
            return bits.to_bytes(5, "little")

        def quine(crc):
            head = b"\\x1f\\x8b\\x08\\x08\\0\\0\\0\\0\\0\\xffaa\\0"
            L, R, p, s = literal, repeat, len(head) + 5, 18
            def whole(size):
                tail = b"\\x01\\0\\0\\xff\\xff" + struct.pack("<II", crc, size)
                return (
                    head + L(p) + head + L(p) + R(p) + L(5) + R(p) + L(5) + L(5) + L(20) + R(p)
                    + L(5) + L(5) + L(20) + R(20) + L(20) + R(20) + L(20) + R(20) + L(20) + R(20)
                    + L(20) + R(20) + L(0) + L(0) + L(s) + R(20) + L(0) + L(0) + L(s) + R(s) + tail
                    + R(s) + tail)
            return whole(len(whole(0)))

        # The sum stands in what it is the sum of: 32 equations over GF(2).
        base = zlib.crc32(quine(0))
        rows = []
        for i in range(32):
            rows.append([0, base >> i & 1])
            for j in range(32):
                changed = zlib.crc32(quine(1 << j)) ^ base ^ (1 << j)
                rows[i][0] |= (changed >> i & 1) << j
        crc, done = 0, []
        for j in range(32):
            row = next(r for r in rows if r not in done and r[0] >> j & 1)
            done.append(row)
            for other in rows:
                if other is not row and other[0] >> j & 1:
                    other[0] ^= row[0]
                    other[1] ^= row[1]
        for j, row in enumerate(done):
            crc |= row[1] << j
        data = quine(crc)
        assert gzip.decompress(data) == data
        """

    @Test("A gzip file that unpacks to itself is refused, alone and inside a tar")
    func quine() throws {
        try make("quine.gz", Self.quine + "\nout.write(data)")
        let alone = try Prepared(scratch, ["quine.gz"], as: "alone")
        #expect(
            alone.description.problems == [
                "quine.gz: compressed more than once, which is not supported. "
                    + "Unpack it first."
            ])
        try make(
            "outer.tar", Self.quine + "\nout.write(tar((\"q.gz\", data), (\"a.jpg\", jpeg)))")
        let inside = try Prepared(scratch, ["outer.tar"], as: "inside")
        #expect(inside.description.counts.kept == 1)
        #expect(inside.description.problems.count == 1)
    }

    @Test(
        "Compressed twice is refused, whichever way, and an archive in an archive is read",
        arguments: ["gzip", "lzma"], ["gzip", "lzma"])
    func twice(outer: String, inner: String) throws {
        try make(
            "a.dat",
            "out.write(\(outer).compress(\(inner).compress(tar((\"a.jpg\", jpeg)))))")
        let prepared = try Prepared(scratch, ["a.dat"], as: "twice")
        #expect(prepared.description.problems.first?.contains("compressed more than once") == true)
        try make(
            "b.dat",
            "out.write(\(outer).compress(tar((\"t\", \(inner).compress(tar((\"a.jpg\", jpeg)))))))")
        let nested = try Prepared(scratch, ["b.dat"], as: "nested")
        #expect(nested.description.problems == [])
        #expect(nested.description.counts.kept == 1)
    }

    @Test("A gzip header whose name goes on and on is given up, with what was read of it")
    func endlessName() throws {
        try make(
            "a.gz",
            """
            name = b"x" * 200_000_000
            out.write(gzip.compress(b"\\x1f\\x8b\\x08\\x08\\0\\0\\0\\0\\0\\xff" + name))
            """)
        try make(
            "b.gz",
            "out.write(b\"\\x1f\\x8b\\x08\\x08\\0\\0\\0\\0\\0\\xff\" + b\"x\" * 90_000_000)")
        let inner = try Prepared(scratch, ["a.gz"], as: "inner")
        #expect(inner.description.problems.first?.contains("more than once") == true)
        let outer = try Prepared(scratch, ["b.gz"], as: "outer")
        #expect(outer.description.problems.count == 1)
    }

    @Test(
        "What unpacks to far more than its size is stopped, and the files before are kept",
        arguments: ["tar.gz", "zip"])
    func bomb(kind: String) throws {
        let script =
            kind == "zip"
            ? """
            zeros = b"\\xff\\xd8\\xff" + bytes(120 << 20)
            with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("a.jpg", jpeg)
                archive.writestr("zeros0.jpg", zeros)
            # The second member thirty times, which need not be compressed so often.
            data = out.getvalue()
            place = data.index(b"PK\\x01\\x02")
            first = data.index(b"PK\\x03\\x04", 4)
            second = data.index(b"PK\\x01\\x02", place + 4)
            member, entry = data[first:place], data[second:data.rindex(b"PK\\x05\\x06")]
            directory = data[place:second]
            for i in range(30):
                offset = struct.pack("<I", first + i * len(member))
                directory += entry[:42] + offset + entry[46:]
            start = first + 30 * len(member)
            end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 31, 31, len(directory), start, 0)
            out = io.BytesIO(data[:first] + member * 30 + directory + end)
            """
            : """
            pack = zlib.compressobj(9, zlib.DEFLATED, 31)
            one = tar(("a.jpg", jpeg))
            one = one[:512 + (len(jpeg) + 511) // 512 * 512]
            head = tarfile.TarInfo("zeros")
            head.size = 3 << 30
            out.write(pack.compress(one + head.tobuf()))
            for _ in range(3 << 10):
                out.write(pack.compress(bytes(1 << 20)))
            out.write(pack.compress(one + bytes(1024)) + pack.flush())
            """
        try make("a." + kind, script)
        let prepared = try Prepared(scratch, ["a." + kind])
        #expect(prepared.description.counts.kept == 1)
        #expect(
            prepared.description.problems == [
                "a.\(kind): unpacks to more than 200 times its size, which photographs never do; the "
                    + "files before are kept. If it is intended, unpack it first."
            ])
    }

    @Test("Members of a zip that need a password are counted as such; the others are read")
    func encrypted() throws {
        // Of an encrypted member only the flag and twelve bytes more tell.
        try make(
            "a.zip",
            """
            with zipfile.ZipFile(out, "w") as archive:
                archive.writestr("a.jpg", bytes(12) + jpeg)
                archive.writestr("b.jpg", jpeg)
            data = bytearray(out.getvalue())
            data[6] |= 1
            data[data.index(b"PK\\x01\\x02") + 8] |= 1
            out = io.BytesIO(bytes(data))
            """)
        let prepared = try Prepared(scratch, ["a.zip"])
        #expect(prepared.dropped == [.encrypted: 1])
        #expect(prepared.description.counts.kept == 1)
        #expect(prepared.description.problems == [])
    }

    @Test("A tar without the mark of its end is read, and what is said is that")
    func noEnd() throws {
        try make("a.tar", "out.write(tar((\"a.jpg\", jpeg)).rstrip(b\"\\0\"))")
        let bytes = try scratch.read("a.tar")
        let padding = [UInt8](repeating: 0, count: (512 - bytes.count % 512) % 512)
        try scratch.write(bytes + padding, as: "a.tar")
        let prepared = try Prepared(scratch, ["a.tar"])
        #expect(prepared.description.counts.kept == 1)
        #expect(
            prepared.description.problems == [
                "a.tar: ends after a.tar!a.jpg without the end marker of a tar; if it was longer, "
                    + "the rest is missing."
            ])
    }

    @Test("Behind a sparse file that is longer than its map, that is said where it is a hindrance")
    func sparse() throws {
        try make(
            "a.tar",
            """
            with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
                info = tarfile.TarInfo("GNUSparseFile/a.bin")
                info.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0",
                                    "GNU.sparse.name": "a.bin", "GNU.sparse.realsize": "10000"}
                # The map: one piece, at 0, of 1,000 bytes; 1,100 follow.
                data = b"1\\n0\\n1000\\n".ljust(512, b"\\0") + bytes(1100)
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
                info = tarfile.TarInfo("a.jpg")
                info.size = len(jpeg)
                archive.addfile(info, io.BytesIO(jpeg))
            """)
        let description = try Prepared(scratch, ["a.tar"]).description
        // libarchive 3.6 loses its place there; later ones do not.
        let isSaid =
            description.problems.first?.hasPrefix(
                "a.tar: cannot be read beyond a.tar!a.bin, a sparse file") == true
        #expect(description.counts.kept == 1 || isSaid, "\(description.problems)")
    }

    @Test(
        "What is packed otherwise is named, and no part of an archive",
        arguments: [
            ("photos.tar.lz", "LZIP\u{1}", "packed by lzip"), ("photos.tar.bz", "BZh9", "bzip2"),
            ("photos.old.tar.br", "abcd", "neither an archive nor a photograph"),
        ])
    func foreign(name: String, content: String, words: String) throws {
        try scratch.write(Array(content.utf8), as: name)
        let prepared = try Prepared(scratch, [name])
        #expect(prepared.description.problems.count == 1)
        #expect(prepared.description.problems.first?.contains(words) == true)
    }
}
