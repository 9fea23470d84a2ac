import Autochrome
import Foundation
import Testing

/// Less common kinds of TIFF, HEIF and JPEG: read as they should be, or refused for what they are.
@Suite struct PhotoKindTests {
    private func expectLeftOut(_ photo: PhotoFile, _ count: Int) {
        #expect(photo.warnings.count == 1)
        #expect(
            photo.warnings.first?.hasSuffix(
                ": \(count) of its channels are neither colours nor transparency "
                    + "(infrared, masks); they are omitted.") == true)
    }

    @Test func `Channels of no stated kind are left out, and are no transparency`() throws {
        let infrared = try Sample.open("infrared.tif")
        #expect(!infrared.hasAlpha)
        #expect(try infrared.samples() == Sample.rgb)
        expectLeftOut(infrared, 1)
        let grey = try Sample.open("grey-mask-planes.tif")
        #expect(!grey.hasAlpha)
        #expect(try grey.samples() == Sample.grey)
        expectLeftOut(grey, 1)
        let spot = try Sample.open("spot.tif")
        #expect(try spot.samples() == Sample.open("cmyk.tif").samples())
        expectLeftOut(spot, 1)
    }

    @Test func `Transparency behind another channel is found`() throws {
        let photo = try Sample.open("mask-alpha.tif")
        #expect(photo.hasAlpha)
        expectLeftOut(photo, 1)
        let found = try photo.samples()
        for pixel in 0..<Sample.width * Sample.height {
            let expected =
                Sample.rgb[3 * pixel..<3 * pixel + 3] + [255 - 7 * (pixel / Sample.width)]
            #expect(found[4 * pixel..<4 * pixel + 4].elementsEqual(expected))
        }
    }

    /// What each kind rounds to: YCbCr to 8 bits, and where subsampled, L*a*b* to 8 bits.
    @Test(arguments: [
        ("ycbcr.tif", 2.0), ("ycbcr-420.tif", 5), ("cielab.tif", 4), ("icclab.tif", 4),
        ("tile-planes.tif", 0), ("small-first.tif", 0), ("small-above.tif", 0),
        ("small-last.tif", 0),
    ])
    func `A TIFF is read by its photometric interpretation, at full size`(
        name: String, limit: Double
    ) throws {
        let photo = try Sample.open(name)
        #expect(photo.warnings.isEmpty)
        #expect(photo.bitDepth == 8)
        #expect(try difference(photo.colours(), Sample.rgb).mean <= limit)
        let lightness = try photo.colours().chunks(of: 3).map { Double($0[$0.startIndex + 1]) }
        let expected = Sample.rgb.chunks(of: 3).map { Double($0[$0.startIndex + 1]) }
        let shift = zip(lightness, expected).map { $0 - $1 }.reduce(0, +) / Double(expected.count)
        #expect(abs(shift) <= limit / 2)
        #expect(try photo.scaled(width: 24, height: 16).values.count == 24 * 16 * 3)
    }

    @Test func `Samples of 10, 12 and 16 bits become 16`() throws {
        let twelve = try Sample.open("twelve.tif")
        #expect(twelve.bitDepth == 16)
        #expect(
            try twelve.colours()
                == Sample.rgb.map { (($0 * 4095 / 255) * 65535 + 2047) / 4095 })
        let inverted = try Sample.open("ten-white.tif")
        #expect(inverted.bitDepth == 16)
        #expect(
            try inverted.colours()
                == Sample.grey.map { 65535 - ((1023 - $0 * 1023 / 255) * 65535 + 511) / 1023 })
        let lab = try Sample.open("icclab16.tif")
        #expect(lab.bitDepth == 16)
        #expect(try difference(lab.colours().map { $0 / 257 }, Sample.rgb).mean <= 4)
    }

    @Test func `A TIFF that is decoded whole is held to the pixel limit, and may be cut`() throws {
        #expect(throws: PhotoError.self) {
            try Sample.open("twelve.tif", maxPixels: Sample.width * Sample.height - 1)
        }
        try Sample.inFolder { folder in
            for name in ["twelve.tif", "ycbcr.tif", "tile-planes.tif"] {
                // The pixels stand first, and lose their middle to a strip past the end.
                var data = try Data(contentsOf: URL(filePath: Sample.path(name)))
                let count = UInt32(data.count)
                let tag = try #require(
                    data.range(of: Data([name == "tile-planes.tif" ? 0x44 : 0x11, 0x01, 4, 0])))
                let field = tag.lowerBound + 8
                let inline = data[tag.lowerBound + 4] == 1
                let place =
                    inline
                    ? field
                    : data.startIndex
                        + Int(data[field..<field + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) })
                withUnsafeBytes(of: count.littleEndian) {
                    data.replaceSubrange(place..<place + 4, with: $0)
                }
                let path = folder + "/" + name
                try data.write(to: URL(filePath: path))
                #expect(throws: PhotoError.self, "\(name)") {
                    _ = try PhotoFile(path: path, maxPixels: 10_000).scaled(width: 24, height: 16)
                }
            }
        }
    }

    @Test(arguments: [
        (
            "dng.tif",
            "a camera's raw file; develop it first, in darktable or RawTherapee, and save a TIFF"
        ),
        (
            "sensor.tif",
            "a camera's raw file; develop it first, in darktable or RawTherapee, and save a TIFF"
        ),
        ("signed.tif", "its samples are signed numbers; save it as unsigned ones of 16 bits"),
        (
            "jpeg2000.tif",
            "its compression (TIFF's number 34712) is not read; save it with another"
        ),
        ("mask.tif", "a mask, not a photograph"),
        ("inks.tif", "its inks are not cyan, magenta, yellow and black; save it as RGB"),
        (
            "fax-lab.tif",
            "its colours (photometric interpretation 10) are not read; save it as RGB or grey"
        ),
    ])
    func `A whole file that is not read is not called damaged`(name: String, reason: String) {
        let error = #expect(throws: PhotoError.self) { try Sample.open(name) }
        #expect(error == .unsupported(file: Sample.path(name), reason: reason))
    }

    @Test(arguments: [
        "FUJIFILMCCD-RAW 0201", "IIU\0\u{18}\0\0\0", "IIRO\u{8}\0\0\0", "FOVb\0\0\u{3}\0",
        "\0MRM\0\0\0\0", "II\u{1A}\0\0\0HEAPCCDR", "\0\0\0\u{18}ftypcrx \0\0\0\u{1}",
    ])
    func `A camera's raw file is known by its first bytes`(start: String) throws {
        try Sample.inFolder { folder in
            let path = folder + "/photo.jpg"
            try Data(start.utf8 + [UInt8](repeating: 0, count: 64)).write(to: URL(filePath: path))
            let error = #expect(throws: PhotoError.self) {
                try PhotoFile(path: path, maxPixels: 1000)
            }
            #expect(error?.description.contains("a camera's raw file; develop it first") == true)
        }
    }

    @Test(arguments: [
        (0xC0, 12, "a JPEG of 12 bits, which is not read; save it as a TIFF or PNG of 16 bits"),
        (
            0xC3, 16,
            "a lossless JPEG, which is not read; save it as a TIFF or PNG of 16 bits"
        ),
        (0xC5, 8, "a hierarchical JPEG, which is not read; save it as a TIFF or PNG"),
        (0xF7, 8, "a JPEG-LS file; save it as a TIFF or PNG"),
    ])
    func `A JPEG of another process is said to be one`(
        marker: Int, bits: Int, reason: String
    ) throws {
        try Sample.inFolder { folder in
            var data = try Data(contentsOf: URL(filePath: Sample.path("tagged.jpg")))
            let frame = try #require(data.range(of: Data([0xFF, 0xC0, 0, 17]))).lowerBound
            data[frame + 1] = UInt8(marker)
            data[frame + 4] = UInt8(bits)
            let path = folder + "/photo.jpg"
            try data.write(to: URL(filePath: path))
            let error = #expect(throws: PhotoError.self) {
                try PhotoFile(path: path, maxPixels: 10_000)
            }
            #expect(error == .unsupported(file: path, reason: reason))
        }
    }

    @Test(arguments: [8, 10, 12])
    func `Grey AVIF of limited range reaches from black to white`(bits: Int) throws {
        let photo = try Sample.open("limited\(bits).avif")
        let scale = photo.bitDepth == 16 ? 257.0 : 1
        let row = try photo.colours().prefix(3 * Sample.width)
        for x in 0..<Sample.width {
            let expected = 255 * Double(x) / Double(Sample.width - 1)
            // 219 levels are a little wider than 255.
            #expect(abs(Double(row[3 * x]) / scale - expected) <= (bits == 8 ? 1 : 0.5))
        }
    }

    @Test func `Of an animation one frame is taken, with a warning`() throws {
        let sequence = try Sample.open("animated.avif")
        #expect(sequence.warnings.count == 1)
        #expect(
            sequence.warnings[0].hasSuffix(
                "animated.avif: an animation of 2 frames; only the first is coloured."))
        #expect(try difference(sequence.colours(), Sample.rgb).mean < 6)
        // libvips hands out the last one of JPEG XL.
        let last = try Sample.open("animated.jxl")
        #expect(last.warnings.count == 1)
        #expect(
            last.warnings[0].hasSuffix(
                "animated.jxl: an animated JPEG XL; only its last frame is coloured."))
        #expect(try last.colours() == Sample.rgb.map { 255 - $0 })
        #expect(try Sample.open("tagged.jxl").warnings.isEmpty)
        try Sample.inFolder { folder in
            let still = [UInt8](try Data(contentsOf: URL(filePath: Sample.path("rgb.png"))))
            let frames = TestFile.png(still, adding: [("acTL", [0, 0, 0, 3, 0, 0, 0, 0])])
            try Data(frames).write(to: URL(filePath: folder + "/a.png"))
            let photo = try PhotoFile(path: folder + "/a.png", maxPixels: 10_000)
            #expect(
                photo.warnings == [
                    folder + "/a.png: an animation of 3 frames; only the first is coloured."
                ])
            #expect(try photo.colours() == Sample.rgb)
        }
    }
}

extension [Int] {
    fileprivate func chunks(of length: Int) -> [ArraySlice<Int>] {
        stride(from: 0, to: count, by: length).map { self[$0..<$0 + length] }
    }
}
