import Autochrome
import Foundation
import Testing

@Suite struct PhotoOrientationTests {
    /// Red rises to the right and green downwards, from 0 to 255; blue is 128.
    private func gradient(_ x: Double, _ y: Double) -> [Double] { [255 * x, 255 * y, 128] }

    /// Where the upright point (x, y) of 0...1 is stored, by EXIF's numbers.
    private func stored(_ x: Double, _ y: Double, _ number: Int) -> (Double, Double) {
        switch number {
        case 2: (1 - x, y)
        case 3: (1 - x, 1 - y)
        case 4: (x, 1 - y)
        case 5: (y, x)
        case 6: (y, 1 - x)
        case 7: (1 - y, 1 - x)
        case 8: (1 - y, x)
        default: (x, y)
        }
    }

    /// A file of `format` whose picture, upright, is the gradient at `width` x `height`.
    private func write(
        _ number: Int, _ format: PhotoFormat, width: Int, height: Int, to path: String
    ) throws {
        let (across, down) = number < 5 ? (width, height) : (height, width)
        var picture = Picture(width: across, height: down, grey: 0)
        for y in 0..<height {
            for x in 0..<width {
                let (u, v) = ((Double(x) + 0.5) / Double(width), (Double(y) + 0.5) / Double(height))
                let place = stored(u, v, number)
                let at = Int(place.1 * Double(down)) * across + Int(place.0 * Double(across))
                for (band, value) in gradient(u, v).enumerated() {
                    picture.pixels[3 * at + band] = UInt8(value.rounded())
                }
            }
        }
        try Data(try oriented(picture, number, format, beside: path)).write(
            to: URL(filePath: path))
    }

    private func oriented(
        _ picture: Picture, _ number: Int, _ format: PhotoFormat, beside path: String
    ) throws -> [UInt8] {
        let exif = TestFile.exif(orientation: number)
        switch format {
        case .jpeg: return TestFile.jpeg(picture: try picture.jpeg(quality: 98), exif: exif)
        case .png: return TestFile.png(try picture.png(), adding: [("eXIf", exif)])
        default:
            try Data(picture.png()).write(to: URL(filePath: path))
            try PhotoFile(path: path, maxPixels: 1 << 30).copy(to: path + ".tif", format: .tiff)
            var bytes = [UInt8](try Data(contentsOf: URL(filePath: path + ".tif")))
            // The tag's entry: one SHORT, 1.
            let entry: [UInt8] = [0x12, 0x01, 3, 0, 1, 0, 0, 0, 1, 0]
            for start in bytes.indices.dropLast(entry.count)
            where bytes[start] == entry[0]
                && bytes[start..<start + entry.count].elementsEqual(entry)
            { bytes[start + 8] = UInt8(number) }
            return bytes
        }
    }

    private static let formats = [PhotoFormat.jpeg, .png, .tiff]

    @Test(arguments: formats, 1...8)
    func `A photograph is turned whatever its shape and the size of its copy`(
        format: PhotoFormat, number: Int
    ) throws {
        try Sample.inFolder { folder in
            for (width, height) in [(60, 240), (240, 60), (150, 150)] {
                let path = folder + "/photo"
                try write(number, format, width: width, height: height, to: path)
                let photo = try PhotoFile(path: path, maxPixels: 1 << 30)
                #expect(photo.width == width && photo.height == height)
                for detail in [32, 160, number == 6 ? 2048 : 600] {
                    let size = WorkingSize(width: width, height: height, detail: detail)
                    let small = try photo.scaled(width: size.width, height: size.height)
                    #expect(worst(small) < 8, "\(width) x \(height), detail \(detail)")
                }
            }
        }
    }

    /// The largest difference from the gradient, at some places away from the edges.
    private func worst(_ photo: ScaledPhoto) -> Double {
        var worst = 0.0
        for (u, v) in [(0.1, 0.1), (0.9, 0.1), (0.1, 0.9), (0.9, 0.9), (0.5, 0.5), (0.3, 0.7)] {
            let x = Int(u * Double(photo.width))
            let y = Int(v * Double(photo.height))
            let expected = gradient(
                (Double(x) + 0.5) / Double(photo.width), (Double(y) + 0.5) / Double(photo.height))
            for band in 0..<3 {
                let found = Double(photo.values[(y * photo.width + x) * 3 + band]) * 255
                worst = max(worst, abs(found - expected[band]))
            }
        }
        return worst
    }

    private static let packets = [
        "<rdf:Description xmlns:tiff='http://ns.adobe.com/tiff/1.0/' tiff:Orientation='6'/>",
        "<rdf:Description xmlns:tiff='http://ns.adobe.com/tiff/1.0/'>"
            + "<tiff:Orientation>6</tiff:Orientation></rdf:Description>",
        "<rdf:Description tiff:Orientation='3'/>"
            + "<rdf:Description t:Orientation=' 6 ' xmlns:t='http://ns.adobe.com/tiff/1.0/'/>",
    ].map {
        "\u{FEFF}<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'>"
            + "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\($0)</rdf:RDF>"
            + "</x:xmpmeta><?xpacket end='w'?>"
    }

    private func upright(_ bytes: [UInt8]) throws -> Bool {
        try Sample.inFolder { folder in
            try Data(bytes).write(to: URL(filePath: folder + "/photo"))
            let photo = try PhotoFile(path: folder + "/photo", maxPixels: 1 << 20)
            let small = try photo.scaled(width: photo.width, height: photo.height)
            return photo.width == 40 && photo.height == 60 && worst(small) < 12
        }
    }

    /// The gradient of 40 x 60, stored as orientation 6 has it.
    private func turned() throws -> Picture {
        var picture = Picture(width: 60, height: 40, grey: 0)
        for y in 0..<60 {
            for x in 0..<40 {
                for (band, value) in gradient((Double(x) + 0.5) / 40, (Double(y) + 0.5) / 60)
                    .enumerated()
                { picture.pixels[3 * ((39 - x) * 60 + y) + band] = UInt8(value.rounded()) }
            }
        }
        return picture
    }

    @Test(arguments: packets)
    func `An orientation that XMP alone knows is applied`(xmp: String) throws {
        let picture = try turned()
        let jpeg = try picture.jpeg(quality: 98)
        #expect(try upright(TestFile.jpeg(picture: jpeg, xmp: xmp)))
        // EXIF's own comes first, and an EXIF without one leaves it to XMP.
        let exif = TestFile.exif(orientation: 6)
        let other = xmp.replacing("6", with: "1")
        #expect(try upright(TestFile.jpeg(picture: jpeg, exif: exif, xmp: other)))
        let none: [UInt8] = exif.enumerated().map { $0.offset == 11 ? 0x13 : $0.element }
        #expect(try upright(TestFile.jpeg(picture: jpeg, exif: none, xmp: xmp)))
        let text = Array("XML:com.adobe.xmp".utf8) + [0, 0, 0, 0, 0] + Array(xmp.utf8)
        #expect(try upright(TestFile.png(picture.png(), adding: [("iTXt", text)])))
    }

    @Test func `An orientation in a PNG's textual EXIF is applied`() throws {
        let file = try turned().png()
        for (keyword, prefix) in [("exif", []), ("exif", Array("Exif\0\0".utf8)), ("APP1", [])] {
            let bytes = prefix + TestFile.exif(orientation: 6)
            let digits = bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
            let text =
                "Raw profile type \(keyword)\0\n\(keyword)\n    \(bytes.count)\n"
                + digits.joined() + "\n"
            #expect(try upright(TestFile.png(file, adding: [("tEXt", Array(text.utf8))])))
        }
    }

    @Test func `The result of a photograph that only XMP turns says that it is upright`() throws {
        try Sample.inFolder { folder in
            let bytes = TestFile.jpeg(
                picture: try turned().jpeg(quality: 98), xmp: Self.packets[0])
            try Data(bytes).write(to: URL(filePath: folder + "/in.jpg"))
            let photo = try PhotoFile(path: folder + "/in.jpg", maxPixels: 1 << 20)
            try photo.copy(to: folder + "/out.jpg", format: .jpeg)
            let found = try PhotoMetadata(of: folder + "/out.jpg", format: .jpeg)
            #expect(found["Xmp.tiff.Orientation"] == "1")
            let copy = try PhotoFile(path: folder + "/out.jpg", maxPixels: 1 << 20)
            #expect(copy.width == 40 && copy.height == 60)
        }
    }
}
