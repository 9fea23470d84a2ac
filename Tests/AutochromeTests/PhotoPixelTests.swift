import Autochrome
import Foundation
import SystemPackage
import Testing

@Suite struct PhotoPixelTests {
    @Test(arguments: [
        "rgb.png", "palette.png", "interlaced.png", "none.tif", "lzw.tif", "deflate.tif",
        "big.tif", "srgb-profile.png", "broken-profile.png",
    ])
    func `Lossless colour arrives as it is stored`(name: String) throws {
        let colours = try Sample.open(name).colours()
        // The palette of 64 colours stands for 1,536: it is the one that is rough.
        let limit = name == "palette.png" ? 40 : 0
        #expect(difference(colours, Sample.rgb).largest <= limit)
    }

    @Test func `Grey, transparency and 16 bits arrive as they are stored`() throws {
        #expect(try Sample.open("grey.png").colours() == Sample.grey)
        #expect(try Sample.open("grey16.png").colours() == Sample.wide(Sample.grey))
        #expect(try Sample.open("rgb16.png").colours() == Sample.wide(Sample.rgb))
        #expect(try Sample.open("rgb16.tif").colours() == Sample.wide(Sample.rgb))
        for name in ["rgba.png", "grey-alpha.png"] {
            let photo = try Sample.open(name)
            let samples = try photo.samples()
            let channels = photo.bands + 1
            for y in 0..<Sample.height {
                #expect(samples[(y * Sample.width + 7) * channels + photo.bands] == 255 - 7 * y)
            }
        }
    }

    @Test(arguments: [
        ("rgb.png", PhotoFormat.png), ("rgb.png", .tiff), ("rgb16.png", .png), ("rgb16.tif", .tiff),
        ("rgba.png", .png), ("rgba16.tif", .tiff), ("rgba16.tif", .png), ("grey-alpha.png", .png),
        ("grey16.png", .tiff),
    ])
    func `A lossless copy is exact, with depth and transparency`(
        name: String, format: PhotoFormat
    ) throws {
        try Sample.inFolder { folder in
            let photo = try Sample.open(name)
            try photo.copy(to: folder + "/out", format: format)
            let copy = try PhotoFile(path: folder + "/out", maxPixels: 10_000)
            #expect(copy.format == format && copy.bitDepth == photo.bitDepth)
            #expect(copy.bands == 3 && copy.hasAlpha == photo.hasAlpha)
            let channels = photo.bands + (photo.hasAlpha ? 1 : 0)
            let expected = try photo.samples()
            let found = try copy.samples()
            let copyChannels = photo.hasAlpha ? 4 : 3
            for pixel in 0..<Sample.width * Sample.height {
                let before = expected[pixel * channels..<(pixel + 1) * channels]
                let grey = Array(repeating: before.first!, count: 3) + before.dropFirst()
                let after = Array(found[pixel * copyChannels..<(pixel + 1) * copyChannels])
                #expect(after == (photo.bands == 1 ? grey : Array(before)))
            }
        }
    }

    @Test(arguments: PhotoFormat.allCases, ["rgb.png", "rgba16.tif", "grey.png"])
    func `Every format writes every kind of photograph`(format: PhotoFormat, name: String) throws {
        try Sample.inFolder { folder in
            let photo = try Sample.open(name)
            let path = folder + "/out"
            let warnings = try photo.copy(
                to: path, format: format, quality: format.hasQuality ? 98 : nil)
            let copy = try PhotoFile(path: path, maxPixels: 10_000)
            #expect(copy.format == format)
            #expect(copy.bitDepth == min(photo.bitDepth, format.bitDepth))
            #expect(copy.hasAlpha == (photo.hasAlpha && format.hasAlpha))
            #expect(warnings.count == (photo.hasAlpha && !format.hasAlpha ? 1 : 0))
            guard !photo.hasAlpha else { return }
            let scale = copy.bitDepth == 16 ? 257 : 1
            let expected =
                photo.bands == 3 ? Sample.rgb : Sample.grey.flatMap { [$0, $0, $0] }
            let found = try copy.colours().map { $0 / scale }
            // WebP stores colour at half size; the others at quality 98 stay
            // within a few levels.
            #expect(difference(found, expected).mean < (format == .webp ? 6 : 3))
        }
    }

    @Test(arguments: 1...8)
    func `Each orientation is turned upright`(number: Int) throws {
        let photo = try Sample.open("orientation-\(number).tif")
        #expect(photo.width == Sample.width && photo.height == Sample.height)
        #expect(try photo.colours() == Sample.rgb)
        let small = try photo.scaled(width: Sample.width, height: Sample.height)
        #expect(small.values.map { Int(($0 * 255).rounded()) } == Sample.rgb)
        try Sample.inFolder { folder in
            try photo.copy(to: folder + "/out.tif", format: .tiff)
            let copy = try PhotoFile(path: folder + "/out.tif", maxPixels: 10_000)
            #expect(try copy.colours() == Sample.rgb)
        }
    }

    @Test func `A profile of exchanged primaries exchanges red and green`() throws {
        let photo = try Sample.open("swapped-profile.png")
        let found = try photo.colours()
        for pixel in stride(from: 0, to: Sample.rgb.count, by: 3) {
            #expect(abs(found[pixel] - Sample.rgb[pixel + 1]) <= 2)
            #expect(abs(found[pixel + 1] - Sample.rgb[pixel]) <= 2)
        }
        let deep = try Sample.open("swapped16.tif").colours()
        let wide = Sample.wide(Sample.rgb)
        // Black point and rounding of profiles move a 16-bit value by less
        // than one 8-bit level; not all by multiples of one.
        #expect(zip(deep, found).allSatisfy { abs($0 / 257 - $1) <= 1 })
        #expect(abs(deep[40 * 3] - wide[40 * 3 + 1]) <= 257)
        #expect(deep.contains { $0 % 257 != 0 })
    }

    /// sRGB's own curve, IEC 61966-2-1.
    private func encoded(_ light: Double) -> Double {
        light <= 0.0031308 ? 12.92 * light : 1.055 * pow(light, 1 / 2.4) - 0.055
    }

    @Test func `A grey profile and a grey photo's RGB profile are applied`() throws {
        let linear = try Sample.open("linear-grey.png").colours()
        for (found, stored) in zip(linear, Sample.grey) {
            #expect(abs(Double(found) - 255 * encoded(Double(stored) / 255)) <= 0.501)
        }
        let gamma = try Sample.open("gamma-grey16.png").colours()
        for (found, stored) in zip(gamma, Sample.grey) {
            let light = pow(Double(stored) / 255, 461 / 256.0)
            #expect(abs(Double(found) - 65535 * encoded(light)) <= 0.501)
        }
        // Exchanged primaries leave grey grey.
        let exchanged = try Sample.open("grey-rgb-profile.tif").colours()
        #expect(difference(exchanged, Sample.grey).largest <= 2)
    }

    @Test(arguments: ["cmyk.tif", "cmyk.jpg"])
    func `CMYK becomes colours of the right kind`(name: String) throws {
        let found = try Sample.open(name).colours()
        let blue = Array(found[0..<3])  // stored as full yellow's opposite
        #expect(blue[2] > blue[0] + 60 && blue[2] > blue[1] + 60)
        let bottom = (31 * Sample.width + 47) * 3
        #expect(found[bottom] > found[bottom + 2] + 60 && found[bottom + 1] > found[bottom + 2])
    }

    @Test func `CIELAB comes back as the colours it was made of`() throws {
        #expect(try difference(Sample.open("lab.tif").colours(), Sample.rgb).mean < 3)
    }

    @Test func `Comparing puts the input beside the result`() throws {
        try Sample.inFolder { folder in
            let photo = try Sample.open("grey.png")
            let options = PhotoWriteOptions(
                format: .png, compare: true, provenance: Sample.provenance)
            try photo.write(to: folder + "/out", options: options) { row in
                for i in 0..<3 * row.width { row.set(i, to: i % 3 == 0 ? 200 : 10) }
            }
            let both = try PhotoFile(path: folder + "/out", maxPixels: 10_000)
            #expect(both.width == 2 * Sample.width && both.height == Sample.height)
            let found = try both.colours()
            for y in 0..<Sample.height {
                for x in 0..<Sample.width {
                    let left = (y * both.width + x) * 3
                    let before = 2 * x + 4 * y
                    #expect(found[left..<left + 3].elementsEqual([before, before, before]))
                    let right = left + 3 * Sample.width
                    #expect(found[right..<right + 3].elementsEqual([200, 10, 10]))
                }
            }
        }
    }

    @Test(arguments: [
        "none.tif": 1, "lzw.tif": 5, "deflate.tif": 8, "jpeg.tif": 8, "bilevel.tif": 8,
    ])
    func `A TIFF keeps its compression if that loses nothing`(name: String, number: Int) throws {
        try Sample.inFolder { folder in
            try Sample.open(name).copy(to: folder + "/out.tif", format: .tiff)
            let copy = PhotoPath(FilePath(folder + "/out.tif"))
            #expect(try TIFFMetadata.compression(of: copy) == number)
        }
    }

    @Test func `A picture of one pixel and a very tall one go through`() throws {
        try Sample.inFolder { folder in
            for (name, width, height) in [("one.png", 1, 1), ("tall.png", 200, 20_000)] {
                let photo = try Sample.open(name)
                let small = try photo.scaled(width: 64, height: 128)
                #expect(small.values.count == 64 * 128 * photo.bands)
                try photo.copy(to: folder + "/out.jpg", format: .jpeg)
                let copy = try PhotoFile(path: folder + "/out.jpg", maxPixels: 1)
                #expect(copy.width == width && copy.height == height)
            }
        }
    }

    @Test(arguments: ["rgb.png", "progressive.jpg", "rgb16.tif", "grey.png", "turned.jpg"])
    func `The small copy is the picture's mean, block by block`(name: String) throws {
        let photo = try Sample.open(name)
        let small = try photo.scaled(width: 12, height: 8)
        #expect(small.channels == photo.bands)
        // Linear in x and y, a block's mean is its middle's value.
        for y in 1..<7 {
            for x in 1..<11 {
                let red =
                    photo.bands == 3
                    ? 5 * (4 * Double(x) + 1.5)
                    : 2 * (4 * Double(x) + 1.5) + 4 * (4 * Double(y) + 1.5)
                let found = Double(small.values[(y * 12 + x) * photo.bands]) * 255
                #expect(abs(found - red) <= 3, "at \(x), \(y)")
            }
        }
    }

    @Test func `What cannot be written is said with the reason`() throws {
        try Sample.inFolder { folder in
            let photo = try Sample.open("rgb.png")
            for format in PhotoFormat.allCases {
                let path = folder + "/none/out.\(format.fileExtensions[0])"
                let error = #expect(throws: PhotoError.self) {
                    try photo.copy(to: path, format: format)
                }
                #expect("\(error!)".hasPrefix("\(path): cannot be written: no such file"))
                let full = #expect(throws: PhotoError.self) {
                    try photo.copy(to: "/dev/full", format: format)
                }
                #expect("\(full!)".contains("no space left on device"), "\(format): \(full!)")
            }
            let tall = try Sample.open("tall.png")
            let error = #expect(throws: PhotoError.self) {
                try tall.copy(to: folder + "/out.webp", format: .webp)
            }
            #expect("\(error!)".contains("WebP stores at most 16383 pixels a side"))
        }
    }
}
