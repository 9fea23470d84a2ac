import Autochrome
import Foundation
import SystemPackage
import Testing

/// Metadata made to take endless time or memory, as found by reading and fuzzing.
@Suite struct HostileMetadataTests {
    private static func big(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * (count - 1 - $0))) }
    }

    private static func joined(_ parts: [UInt8]...) -> [UInt8] { Array(parts.joined()) }

    private static func box(_ type: String, _ parts: [UInt8]...) -> [UInt8] {
        let body = Array(parts.joined())
        return joined(big(8 + body.count, 4), Array(type.utf8), body)
    }

    /// A HEIC file of nothing but items of type Exif and where they are.
    private static func heif(items: Int, places: [UInt8], sizes: Int, count: Int) -> [UInt8] {
        let entries: [[UInt8]] = (0..<items).map { number in
            box("infe", [2, 0, 0, 0], big(number, 2), [0, 0], Array("Exif".utf8))
        }
        let table = box("iinf", [1, 0, 0, 0], big(items, 4), Array(entries.joined()))
        let location = box("iloc", [0, 0, 0, 0], big(sizes, 2), big(count, 2), places)
        return joined(
            box("ftyp", Array("heic\u{0}\u{0}\u{0}\u{0}heic".utf8)),
            box("meta", [0, 0, 0, 0], table, location))
    }

    private static func artist(_ bytes: [UInt8], _ format: PhotoFormat) throws -> String? {
        try Sample.inFolder { folder in
            try Data(bytes).write(to: URL(filePath: folder + "/a"))
            return try PhotoMetadata(of: FilePath(folder + "/a"), format: format)[
                "Exif.Image.Artist"]
        }
    }

    @Test func `Many items whose many extents take no room end`() throws {
        // Each place says that 65,535 extents follow, whose fields have no bytes.
        let places: [[UInt8]] = (1...60_000).map {
            Self.joined(Self.big($0, 2), [0, 0, 0xFF, 0xFF])
        }
        let file = Self.heif(
            items: 60_000, places: Array(places.joined()), sizes: 0, count: 60_000)
        #expect(try Self.artist(file, .heic) == nil)
    }

    @Test func `Extents of the same bytes over and over are not gathered`() throws {
        // 65,535 times the file's first 1 MB: 64 GB.
        let extent = Self.joined(Self.big(0, 4), Self.big(1 << 20, 4))
        let extents = Array(repeating: extent, count: 65_535)
        let places = Self.joined([0, 0, 0, 0, 0xFF, 0xFF], Array(extents.joined()))
        let file = Self.heif(items: 1, places: places, sizes: 0x4400, count: 1)
        #expect(try Self.artist(file + [UInt8](repeating: 0, count: 1 << 20), .heic) == nil)
    }

    /// A BigTIFF directory's entry.
    private static func entry(_ tag: Int, _ type: Int, _ count: Int, _ field: [UInt8]) -> [UInt8] {
        let rest = [UInt8](repeating: 0, count: 8 - field.count)
        return joined(big(tag, 2), big(type, 2), big(count, 8), field, rest)
    }

    private static func bigTIFF(_ entries: [[UInt8]]) -> [UInt8] {
        joined(
            [0x4D, 0x4D, 0, 43, 0, 8, 0, 0], big(16, 8), big(entries.count, 8),
            Array(entries.joined()), [UInt8](repeating: 0x41, count: 1 << 20))
    }

    @Test(arguments: [
        ("directories that hold themselves", entry(34665, 4, 1, big(16, 8))),
        ("values that are the whole file", entry(315, 2, 1 << 20, big(16, 8))),
    ])
    func `A directory of 4,000 entries does not grow past bounds`(
        what: String, hostile: [UInt8]
    ) throws {
        let ada = Self.entry(315, 2, 4, Array("Ada".utf8))
        let file = Self.bigTIFF([ada] + Array(repeating: hostile, count: 4000))
        #expect(try Self.artist(file, .tiff)?.hasPrefix("Ada") == true, "\(what)")
    }

    @Test func `A history of thousands of events is added to, thousands of thumbnails go`() throws {
        let count = 3000
        let event = #"<rdf:li stEvt:action="saved"/>"#
        let packet = """
            <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF \
            xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" \
            xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" \
            xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#">\
            <xmpMM:History><rdf:Seq>\(String(repeating: event, count: count))</rdf:Seq>\
            </xmpMM:History><xmp:Thumbnails><rdf:Alt>\
            \(String(repeating: "<rdf:li>x</rdf:li>", count: count))</rdf:Alt></xmp:Thumbnails>\
            </rdf:Description></rdf:RDF></x:xmpmeta>
            """
        let body = Array("iTXtXML:com.adobe.xmp\u{0}\u{0}\u{0}\u{0}\u{0}\(packet)".utf8)
        let chunk = Self.joined(
            Self.big(body.count - 4, 4), body, Self.big(Self.checksum(body), 4))
        try Sample.inFolder { folder in
            var file = [UInt8](try Data(contentsOf: URL(filePath: Sample.path("rgb.png"))))
            file.insert(contentsOf: chunk, at: 33)
            try Data(file).write(to: URL(filePath: folder + "/a.png"))
            let photo = try PhotoFile(path: FilePath(folder + "/a.png"), maxPixels: 10_000)
            #expect(try photo.copy(to: folder + "/b.tif", format: .tiff).isEmpty)
            let found = try PhotoMetadata(of: FilePath(folder + "/b.tif"), format: .tiff)
            #expect(found["Xmp.xmpMM.History[\(count)]/stEvt:action"] == "saved")
            #expect(found["Xmp.xmpMM.History[\(count + 1)]/stEvt:action"] == "edited")
            #expect(found["Xmp.xmp.Thumbnails[1]"] == nil)
        }
    }

    @Test func `A comment too long to be written costs neither the photo nor its XMP`() throws {
        try Sample.inFolder { folder in
            var file = [UInt8](try Data(contentsOf: URL(filePath: Sample.path("tagged.jpg"))))
            // As long as a segment can be; Exiv2 writes one byte less.
            let comment = [UInt8](repeating: 0x61, count: 65_533)
            file.insert(contentsOf: Self.joined([0xFF, 0xFE, 0xFF, 0xFF], comment), at: 2)
            try Data(file).write(to: URL(filePath: folder + "/a.jpg"))
            let photo = try PhotoFile(path: folder + "/a.jpg", maxPixels: 10_000)
            #expect(
                try photo.copy(to: folder + "/b.jpg", format: .jpeg)
                    == ["\(folder)/a.jpg: its comment exceeds 64 KB and is omitted."])
            let found = try PhotoMetadata(of: folder + "/b.jpg", format: .jpeg)
            #expect(found["Exif.Image.Artist"] == "Ada")
            #expect(found["Xmp.dc.title"] == "lang=\"x-default\" Harbour")
        }
    }

    /// CRC-32 as in PNG's annex D.
    private static func checksum(_ bytes: [UInt8]) -> Int {
        var register = UInt32.max
        for byte in bytes {
            register ^= UInt32(byte)
            for _ in 0..<8 {
                register = register & 1 == 1 ? 0xEDB8_8320 ^ (register >> 1) : register >> 1
            }
        }
        return Int(~register)
    }
}
