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

    @Test(arguments: [PhotoFormat.webp, .jxl], ["rgba.png", "rgb.png", "grey.png"])
    func `What lost nothing loses nothing, unless a quality is asked for`(
        format: PhotoFormat, name: String
    ) throws {
        try Sample.inFolder { folder in
            let path = folder + "/lossless"
            try Sample.open(name).copy(to: path, format: format, quality: 100)
            let photo = try PhotoFile(path: path, maxPixels: 10_000)
            let again = folder + "/again"
            let found = try colours(of: photo, through: again, as: format, quality: nil)
            #expect(try found == photo.colours())
            let lossy = try colours(of: photo, through: again, as: format, quality: 60)
            #expect(try lossy != photo.colours())
            // What is lossy stays so: another generation loses a little more.
            let once = try PhotoFile(path: again, maxPixels: 10_000)
            let twice = try colours(
                of: once, through: folder + "/twice", as: format, quality: nil)
            #expect(try twice != once.colours())
        }
    }

    @Test func `A PNG's texts stay as they are, but for those that are metadata`() throws {
        let kept = [
            TestFile.chunk("tEXt", Array("Author".utf8) + [0, 0xFC]),
            TestFile.chunk("zTXt", Array("Title".utf8) + [0, 0] + deflated),
            TestFile.chunk(
                "iTXt", Array("Comment".utf8) + [0, 0, 0] + Array("ja\u{0}説明\u{0}日本語".utf8)),
        ]
        let replaced = TestFile.chunk("tEXt", Array("Raw profile type thumbnail\u{0}none".utf8))
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
}
