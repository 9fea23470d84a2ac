import Autochrome
import Foundation
import Testing

/// What a copy keeps to the byte.
@Suite struct PhotoLossTests {
    /// Copies a file, and what the copy shows.
    private func colours(
        of photo: PhotoFile, through path: String, as format: PhotoFormat, quality: Int?
    ) throws -> [Int] {
        try photo.copy(to: path, format: format, quality: quality)
        return try PhotoFile(path: path, maxPixels: 10_000).colours()
    }

    @Test(arguments: [PhotoFormat.webp, .jxl])
    func `Quality 100 loses nothing`(format: PhotoFormat) throws {
        try Sample.inFolder { folder in
            let photo = try Sample.open("rgb.png")
            let path = folder + "/out.\(format.fileExtensions[0])"
            #expect(try colours(of: photo, through: path, as: format, quality: 100) == Sample.rgb)
            #expect(try colours(of: photo, through: path, as: format, quality: 99) != Sample.rgb)
        }
    }

    @Test func `A WebP that lost nothing loses nothing, unless a quality is asked for`() throws {
        try Sample.inFolder { folder in
            let path = folder + "/lossless.webp"
            try Sample.open("rgba.png").copy(to: path, format: .webp, quality: 100)
            let photo = try PhotoFile(path: path, maxPixels: 10_000)
            let again = folder + "/again.webp"
            let found = try colours(of: photo, through: again, as: .webp, quality: nil)
            #expect(try found == photo.colours())
            let lossy = try colours(of: photo, through: again, as: .webp, quality: 90)
            #expect(try lossy != photo.colours())
        }
    }

    @Test func `A PNG's texts stay as they are, but for those that are metadata`() throws {
        let kept = [
            chunk("tEXt", Array("Author".utf8) + [0, 0xFC]),
            chunk("zTXt", Array("Title".utf8) + [0, 0] + deflated),
            chunk("iTXt", Array("Comment".utf8) + [0, 0, 0] + Array("ja\u{0}説明\u{0}日本語".utf8)),
        ]
        let replaced = chunk("tEXt", Array("Raw profile type thumbnail\u{0}none".utf8))
        var file = try Data(contentsOf: URL(filePath: Sample.path("rgb.png")))
        // Behind the signature and IHDR.
        file.insert(contentsOf: kept.joined() + replaced, at: 33)
        try Sample.inFolder { folder in
            try file.write(to: URL(filePath: folder + "/in.png"))
            let photo = try PhotoFile(path: folder + "/in.png", maxPixels: 10_000)
            #expect(try photo.copy(to: folder + "/out.png", format: .png).isEmpty)
            let copy = try Data(contentsOf: URL(filePath: folder + "/out.png"))
            #expect(copy.range(of: Data(kept.joined())) != nil)
            #expect(copy.range(of: Data(replaced)) == nil)
            let shown = try PhotoFile(path: folder + "/out.png", maxPixels: 10_000).colours()
            #expect(shown == Sample.rgb)
        }
    }

    /// "A harbour", by zlib.
    private let deflated: [UInt8] = [
        0x78, 0x9C, 0x73, 0x54, 0xC8, 0x48, 0x2C, 0x4A, 0xCA, 0x2F, 0x2D, 0x02,
        0x00, 0x0E, 0xDB, 0x03, 0x55,
    ]

    private func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
        let body = Array(type.utf8) + data
        return bytes(UInt32(data.count)) + body + bytes(checksum(body))
    }

    private func bytes(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
    }

    /// PNG, third edition, annex D.
    private func checksum(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(UInt32.max) { sum, byte in
            (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in
                value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1
            }
        }
    }
}
