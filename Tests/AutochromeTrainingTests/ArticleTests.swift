import Autochrome
import AutochromeTraining
import Foundation
import SystemPackage
import Testing

@Suite struct ArticleTests {
    private static func fixture(_ name: String) -> URL {
        URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/\(name)")
    }

    @Test(
        "--article scales up and down as Pillow does, and takes the upper left square",
        arguments: ["down", "up"])
    func pillow(_ name: String) throws {
        let bytes = [UInt8](try Data(contentsOf: Self.fixture("\(name).jpg")))
        let cut = PhotoSquare.Cut(size: 96, isFromCorner: true, isArticles: true)
        let square = try PhotoData.with(bytes, name: name, cut: cut) {
            (photo) throws(PhotoError) in try photo.square()
        }
        let png = FilePath(Self.fixture("\(name).pillow.png").path)
        let file = try PhotoFile(path: png, maxPixels: 1 << 20)
        let expected = try file.scaled(width: 96, height: 96).values.map {
            Int(($0 * 255).rounded())
        }
        #expect(square.side == 96)
        // Pillow rounds between its two passes, and its JPEG decoder is of another version.
        let worst = zip(square.pixels, expected).map { abs(Int($0) - $1) }.max() ?? 255
        #expect(worst <= 3)
    }

    @Test("--article leaves out other formats and one channel, enlarges, and nothing else")
    func filters() throws {
        let scratch = try Scratch()
        let grey = try TestPhotograph.jpeg(2) { SIMD3(repeating: $0.sum() / 3) }
        let small = try TestPhotograph.jpeg(1, side: 40)
        for (index, file) in [
            grey, small, small, try TestPhotograph.fixture("rgb.png"),
            try TestPhotograph.fixture("turned.jpg"),
        ].enumerated() {
            try scratch.write(file, as: "in/\(index).jpg")
        }
        var settings = PrepareSettings.articles
        settings.size = 64
        let prepared = try Prepared(scratch, ["in"], settings: settings)
        #expect(prepared.dropped == [.notAPhoto: 1])
        #expect(prepared.description.photographs.allSatisfy { $0.width == 64 && $0.height == 64 })
    }

    @Test("Without --article a photograph is never enlarged, and is turned upright")
    func notEnlarged() throws {
        let scratch = try Scratch()
        try scratch.write(try TestPhotograph.fixture("turned.jpg"), as: "turned.jpg")
        try scratch.write(try TestPhotograph.jpeg(3, side: 200), as: "200.jpg")
        try scratch.write(try TestPhotograph.jpeg(4, side: 700), as: "700.jpg")
        var settings = PrepareSettings()
        settings.minSide = 1
        let prepared = try Prepared(
            scratch, ["turned.jpg", "200.jpg", "700.jpg"], settings: settings)
        #expect(prepared.description.photographs.map(\.width) == [32, 200, 512])
        #expect(prepared.description.photographs[0].sourceWidth == 48)
    }

    @Test("The middle or the upper left square is taken", arguments: [false, true])
    func crop(_ isFromCorner: Bool) throws {
        // 48 x 32: red is five times the column.
        let bytes = try TestPhotograph.fixture("rgb.png")
        let cut = PhotoSquare.Cut(size: 64, isFromCorner: isFromCorner, isArticles: false)
        let square = try PhotoData.with(bytes, name: "rgb", cut: cut) {
            (photo) throws(PhotoError) in try photo.square()
        }
        #expect(square.side == 32)
        #expect(square.pixels[0] == (isFromCorner ? 0 : 40))
        #expect(square.pixels[1] == 0)
    }

    // Decoded at a half or a quarter, of which only the first side is a multiple.
    @Test(
        "Scaling down keeps a photograph's means and shows no pattern",
        arguments: [900, 901, 1799])
    func scaledDown(side: Int) throws {
        let original = TestPhotograph.square(9, side: side)
        let cut = PhotoSquare.Cut(size: 300, isFromCorner: false, isArticles: false)
        let bytes = try original.jpeg(quality: 98)
        let square = try PhotoData.with(bytes, name: "large", cut: cut) {
            (photo) throws(PhotoError) in try photo.square()
        }
        var worst = 0
        for y in stride(from: 5, to: 290, by: 7) {
            for x in stride(from: 5, to: 290, by: 7) {
                // The middle one of the pixels that one now stands for.
                let (row, column) = ((2 * y + 1) * side / 600, (2 * x + 1) * side / 600)
                let expected = Int(original.pixels[3 * (row * side + column)])
                worst = max(worst, abs(expected - Int(square.pixels[3 * (y * 300 + x)])))
            }
        }
        #expect(worst < 8)
    }
}
