import Autochrome
import Foundation
import Testing

/// Metadata as exiftool sees them, before and after.
@Suite(.enabled(if: ExifTool.isThere, "exiftool comes with Scripts/setup test"))
struct MetadataLossTests {
    /// A copy's warnings without the file's name, and its tags.
    private func copy(
        _ name: String, as format: PhotoFormat
    ) throws -> (warnings: [String], tags: [String: String]) {
        try copy(path: Sample.path(name), as: format)
    }

    private func copy(
        path: String, as format: PhotoFormat
    ) throws -> (warnings: [String], tags: [String: String]) {
        try Sample.inFolder { folder in
            let photo = try PhotoFile(path: .init(path), maxPixels: 1 << 20)
            let output = "\(folder)/out.\(format.fileExtensions[0])"
            let warnings = try photo.copy(to: output, format: format)
            return (
                warnings.map { $0.replacingOccurrences(of: path + ": ", with: "") },
                try ExifTool.tags(of: output)
            )
        }
    }

    @Test(arguments: PhotoFormat.allCases)
    func `A property that XMP says twice costs nothing but its second`(
        format: PhotoFormat
    ) throws {
        let (warnings, tags) = try copy("xmp-doubled-property.jpg", as: format)
        #expect(warnings == ["its XMP has dc:source twice; the first is kept."])
        #expect(tags["XMP-dc:Source"] == "box 7")
        #expect(tags["XMP-photoshop:City"] == "Bern")
    }

    @Test(
        arguments: [
            "<dc:source>a</dc:source><dc:source/>",
            "<dc:source>a</dc:source><dc:source>b</dc:source>",
            "<dc:source>a</dc:source></rdf:Description><rdf:Description rdf:about='' "
                + "dc:source='b'>",
            "<!-- <dc:source> --><dc:source><![CDATA[a]]></dc:source><dc:source>b</dc:source>",
        ])
    func `However it is doubled`(properties: String) throws {
        let packet = """
            <x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF \
            xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' \
            xmlns:dc='http://purl.org/dc/elements/1.1/' \
            xmlns:photoshop='http://ns.adobe.com/photoshop/1.0/'>\
            <rdf:Description rdf:about='' photoshop:City='Bern'>\(properties)\
            <photoshop:History>b</photoshop:History></rdf:Description></rdf:RDF></x:xmpmeta>
            """
        try Sample.inFolder { folder in
            try Data(withXMP(packet)).write(to: URL(filePath: folder + "/a.jpg"))
            let (warnings, tags) = try copy(path: folder + "/a.jpg", as: .png)
            #expect(warnings == ["its XMP has dc:source twice; the first is kept."])
            #expect(tags["XMP-dc:Source"] == "a")
            #expect(tags["XMP-photoshop:City"] == "Bern")
            #expect(tags["XMP-photoshop:History"] == "b")
        }
    }

    @Test(arguments: PhotoFormat.allCases)
    func `A property is doubled in every format of the photograph`(format: PhotoFormat) throws {
        let packet = """
            <x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF \
            xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' \
            xmlns:dc='http://purl.org/dc/elements/1.1/'><rdf:Description rdf:about=''>\
            <dc:source>a</dc:source><dc:source>b</dc:source></rdf:Description></rdf:RDF></x:xmpmeta>
            """
        try Sample.inFolder { folder in
            let name = "tagged.\(format.fileExtensions[0])"
            let path = "\(folder)/\(name)"
            try FileManager.default.copyItem(atPath: Sample.path(name), toPath: path)
            try Data(packet.utf8).write(to: URL(filePath: folder + "/packet"))
            try ExifTool.run(["-m", "-overwrite_original", "-XMP<=\(folder)/packet", path])
            let (warnings, tags) = try copy(path: path, as: .png)
            #expect(warnings.contains("its XMP has dc:source twice; the first is kept."))
            #expect(tags["XMP-dc:Source"] == "a")
        }
    }

    @Test(arguments: [PhotoFormat.jpeg, .png])
    func `XMP and EXIF of which nothing can be made are named`(format: PhotoFormat) throws {
        try Sample.inFolder { folder in
            let segment = Array("Exif\u{0}\u{0}none of its own".utf8)
            var file = try withXMP("<x:xmpmeta", more: segment)
            file.insert(contentsOf: [0xFF, 0xFE, 0, 7] + Array("Attic".utf8), at: 2)
            try Data(file).write(to: URL(filePath: folder + "/a.jpg"))
            let (warnings, tags) = try copy(path: folder + "/a.jpg", as: format)
            #expect(
                Set(warnings) == [
                    "its XMP cannot be decoded and is omitted.",
                    "its EXIF cannot be decoded and is omitted.",
                ])
            #expect(tags["XMP-iptcExt:DigitalSourceType"] != nil)
            let comment = tags["File:Comment"] ?? tags["ExifIFD:UserComment"]
            #expect(comment == "Attic")
        }
    }

    @Test(arguments: PhotoFormat.allCases)
    func `XMP that passes a segment of JPEG is kept whole`(format: PhotoFormat) throws {
        let before = try ExifTool.tags(of: Sample.path("extended-xmp.jpg"))
        let (warnings, tags) = try copy("extended-xmp.jpg", as: format)
        #expect(warnings == [])
        let ancestors = "XMP-photoshop:DocumentAncestors"
        #expect(before[ancestors]?.isEmpty == false && tags[ancestors] == before[ancestors])
        #expect(tags["XMP-photoshop:Headline"] == "in extended")
        #expect(tags["XMP-dc:Source"] == "archive box 7")
        #expect((tags["XMP-xmpNote:HasExtendedXMP"] != nil) == (format == .jpeg))
        // exiftool says that it lists a thousand ancestors and no more.
        #expect(tags["ExifTool:Warning"] == before["ExifTool:Warning"])
    }

    @Test(arguments: PhotoFormat.allCases)
    func `What XMP says of parts that are gone goes, and is named`(format: PhotoFormat) throws {
        let (warnings, tags) = try copy("gain-map-claimed.jpg", as: format)
        #expect(
            warnings == [
                "its gain map and motion video with their XMP properties are omitted; only the "
                    + "main picture is coloured.",
                "a part of its XMP beyond 64 KB is missing in the file.",
            ])
        let claims = ["hdrgm", "Container", "MotionPhoto", "MicroVideo", "HasExtendedXMP"]
        #expect(!tags.keys.contains { key in claims.contains { key.contains($0) } }, "\(tags)")
    }

    @Test(arguments: PhotoFormat.allCases)
    func `EXIF and a camera's own tags reach every format`(format: PhotoFormat) throws {
        try Sample.inFolder { folder in
            let path = folder + "/a.heic"
            try FileManager.default.copyItem(
                atPath: Sample.path("exif-host-computer.heic"), toPath: path)
            try ExifTool.run([
                "-overwrite_original", "-MakerNoteUnknownText=the camera's own", path,
            ])
            let before = try ExifTool.tags(of: path)
            let (warnings, tags) = try copy(path: path, as: format)
            #expect(warnings == [])
            #expect(tags["IFD0:HostComputer"] == "iPhone XR")
            #expect(tags["IFD0:Rating"] == "4")
            #expect(tags["ExifIFD:MakerNoteUnknownText"] == "the camera's own")
            for (key, value) in before {
                let group = key.prefix { $0 != ":" }
                // What says how pixels are stored and in which colours is the new file's own.
                let isOwn = ["ExifIFD:ColorSpace", "IFD0:YCbCrPositioning"].contains(key)
                guard ["IFD0", "ExifIFD", "GPS"].contains(group), !isOwn else { continue }
                #expect(tags[key] == value, "\(key) \(format)")
            }
            #expect(tags["ExifTool:Warning"] == nil)
        }
    }

    @Test func `Segments of a camera's own are named`() throws {
        try Sample.inFolder { folder in
            let path = folder + "/a.jpg"
            var file = try withXMP("<x:xmpmeta xmlns:x='adobe:ns:meta/'/>")
            for (marker, text) in [(0xE6, "GoPro\u{0}x"), (0xEC, "Ducky\u{0}x"), (0xEB, "JP")] {
                let data = Array(text.utf8)
                file.insert(
                    contentsOf: [0xFF, UInt8(marker), 0, UInt8(data.count + 2)] + data, at: 2)
            }
            try Data(file).write(to: URL(filePath: path))
            #expect(
                try copy(path: path, as: .png).warnings == [
                    "its segments APP11 JP, APP6 GoPro are omitted; they are proprietary to a "
                        + "camera or program."
                ])
        }
    }

    @Test func `IPTC over several segments of JPEG is kept`() throws {
        // City, then a caption that the second segment ends.
        let caption = String(repeating: "Boats at rest. ", count: 6000)
        try Sample.inFolder { folder in
            let path = folder + "/a.jpg"
            try FileManager.default.copyItem(atPath: Sample.path("progressive.jpg"), toPath: path)
            try Data(caption.utf8).write(to: URL(filePath: folder + "/caption"))
            // Past 32 KB a dataset has a length of its own; exiftool splits what passes a segment.
            try ExifTool.run([
                "-overwrite_original", "-m", "-IPTC:City=Marseille",
                "-IPTC:LocalCaption<=\(folder)/caption", "-IPTC:CatalogSets=last", path,
            ])
            let before = try ExifTool.tags(of: path)
            let (warnings, tags) = try copy(path: path, as: .jpeg)
            #expect(warnings == [])
            for key in ["IPTC:City", "IPTC:CatalogSets", "IPTC:LocalCaption"] {
                #expect(before[key] != nil && tags[key] == before[key], "\(key)")
            }
        }
    }

    @Test func `EXIF in a PNG's text, with and without its mark`() throws {
        let tagged = try Data(contentsOf: URL(filePath: Sample.path("rgb.png")))
        for mark in ["Exif\u{0}\u{0}", ""] {
            let block = Array(mark.utf8) + artist
            let digits = block.map { String(0x100 | Int($0), radix: 16).dropFirst() }.joined()
            let text = "Raw profile type exif\u{0}\nexif\n    \(block.count)\n\(digits)\n"
            var file = tagged
            file.insert(contentsOf: TestFile.chunk("tEXt", Array(text.utf8)), at: 33)
            try Sample.inFolder { folder in
                try file.write(to: URL(filePath: folder + "/a.png"))
                for format in [PhotoFormat.png, .jpeg] {
                    let (warnings, tags) = try copy(path: folder + "/a.png", as: format)
                    #expect(warnings == [])
                    #expect(tags["IFD0:Artist"] == "Ada", "\(mark) \(format)")
                }
            }
        }
    }

    @Test func `A PNG's time of change stays in PNG, and is named elsewhere`() throws {
        var file = try Data(contentsOf: URL(filePath: Sample.path("rgb.png")))
        let time: [UInt8] = [0x07, 0x73, 6, 10, 12, 0, 30]
        file.insert(contentsOf: TestFile.chunk("tIME", time), at: 33)
        let text = Array("Author\u{0}Ada".utf8)
        file.insert(contentsOf: TestFile.chunk("tEXt", text), at: 33)
        try Sample.inFolder { folder in
            try file.write(to: URL(filePath: folder + "/a.png"))
            let kept = try copy(path: folder + "/a.png", as: .png)
            #expect(kept.warnings == [])
            #expect(kept.tags["PNG:ModifyDate"] == "1907:06:10 12:00:30")
            let other = try copy(path: folder + "/a.png", as: .tiff)
            #expect(
                other.warnings == [
                    "its texts (Author, time of change) are omitted: TIFF cannot store them."
                ])
        }
    }
}

extension MetadataLossTests {
    /// A TIFF structure that says one thing.
    private var artist: [UInt8] {
        [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x3B, 1, 2, 0, 4, 0, 0, 0] + Array("Ada\u{0}".utf8)
            + [0, 0, 0, 0]
    }

    /// A JPEG with a packet of XMP, and another segment of the kind.
    private func withXMP(_ packet: String, more: [UInt8]? = nil) throws -> [UInt8] {
        var file = [UInt8](try Data(contentsOf: URL(filePath: Sample.path("progressive.jpg"))))
        for data in [Array("http://ns.adobe.com/xap/1.0/\u{0}\(packet)".utf8), more] {
            guard let data else { continue }
            let length = data.count + 2
            let head: [UInt8] = [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 255)]
            file.insert(contentsOf: head + data, at: 2)
        }
        return file
    }
}
