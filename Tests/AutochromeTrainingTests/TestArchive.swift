import Foundation

/// An archive that Python makes.
struct TestArchive {
    enum Kind: String, CaseIterable, Codable {
        case tar, gnuTar, gzip, zstd, pzstd, xz, zip, deflatedZip
    }

    struct Member: Codable {
        var name: [UInt8]
        var data: [UInt8] = []
        /// "file", "symlink", "hardlink", "device" or "pipe".
        var type = "file"
        /// What the header claims, where it lies.
        var size: Int?
    }

    static func file(_ name: String, _ data: [UInt8]) -> Member {
        Member(name: Array(name.utf8), data: data)
    }

    /// The archive's bytes.
    static func bytes(_ kind: Kind, _ members: [Member]) throws -> [UInt8] {
        struct Order: Encodable {
            let kind: Kind
            let members: [Member]
        }
        let order = try JSONEncoder().encode(Order(kind: kind, members: members))
        let text = try Python.run(script, input: order)
        return [UInt8](Data(base64Encoded: text) ?? Data())
    }

    private static let script = """
        import base64, gzip, io, json, lzma, struct, sys, tarfile, zipfile

        order = json.load(sys.stdin)
        kind, out = order["kind"], io.BytesIO()
        types = {"file": tarfile.REGTYPE, "symlink": tarfile.SYMTYPE, "hardlink": tarfile.LNKTYPE,
                 "device": tarfile.CHRTYPE, "pipe": tarfile.FIFOTYPE}

        class Raw(zipfile.ZipInfo):
            def _encodeFilenameFlags(self):
                return self.raw, 0x800 if self.is_utf8 else 0

        def tar(form):
            with tarfile.open(fileobj=out, mode="w", format=form) as archive:
                for member in order["members"]:
                    name = bytes(member["name"]).decode("utf-8", "surrogateescape")
                    info = tarfile.TarInfo(name)
                    info.type = types[member["type"]]
                    info.linkname = "" if member["type"] in ("file", "pipe") else "/etc/passwd"
                    data = bytes(member["data"])
                    info.size = len(data) if member["type"] == "file" else 0
                    if member.get("size") is None:
                        archive.addfile(info, io.BytesIO(data))
                    else:
                        info.size = member["size"]
                        archive.fileobj.write(info.tobuf(form) + data)
                        archive.offset += 512 + len(data)

        def zstd(data):
            # RFC 8878: one frame of raw blocks, its content's size not told.
            blocks = [data[i:i + 100000] for i in range(0, len(data), 100000)]
            frame = struct.pack("<IBB", 0xFD2FB528, 0, 0x38)
            for i, block in enumerate(blocks):
                header = len(block) << 3 | (i == len(blocks) - 1)
                frame += struct.pack("<I", header)[:3] + block
            return frame

        if kind in ("zip", "deflatedZip"):
            method = zipfile.ZIP_STORED if kind == "zip" else zipfile.ZIP_DEFLATED
            with zipfile.ZipFile(out, "w", method) as archive:
                for number, member in enumerate(order["members"]):
                    info = Raw(f"member{number}")
                    info.raw = bytes(member["name"])
                    info.compress_type = method
                    try:
                        info.raw.decode()
                        info.is_utf8 = True
                    except UnicodeDecodeError:
                        info.is_utf8 = False
                    archive.writestr(info, bytes(member["data"]))
            data = out.getvalue()
        else:
            tar(tarfile.GNU_FORMAT if kind == "gnuTar" else tarfile.PAX_FORMAT)
            data = out.getvalue()
            if kind == "gzip":
                data = gzip.compress(data)
            if kind == "zstd":
                data = zstd(data)
            if kind == "pzstd":
                # A frame to pass over before each other frame.
                frames = [zstd(data[i:i + 150000]) for i in range(0, len(data), 150000)]
                data = b"".join(
                    struct.pack("<III", 0x184D2A50, 4, len(frame)) + frame for frame in frames)
            if kind == "xz":
                data = lzma.compress(data)
        print(base64.b64encode(data).decode(), end="")
        """
}
