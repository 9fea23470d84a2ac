import Autochrome
import Foundation
import SystemPackage
import Testing

@Suite struct PhotoInputTests {
    @Test(arguments: [
        ("rgb.png", 8, 3, false), ("grey.png", 8, 1, false), ("rgba.png", 8, 3, true),
        ("grey-alpha.png", 8, 1, true), ("palette.png", 8, 3, false), ("rgb16.png", 16, 3, false),
        ("grey16.png", 16, 1, false), ("rgba16.tif", 16, 3, true), ("bilevel.tif", 8, 1, false),
        ("cmyk.tif", 8, 3, false), ("cmyk.jpg", 8, 3, false), ("lab.tif", 8, 3, false),
        ("deep.heic", 16, 3, false), ("deep.avif", 16, 3, false), ("big.tif", 8, 3, false),
    ])
    func `A header says depth, colours and transparency`(
        name: String, bits: Int, bands: Int, hasAlpha: Bool
    ) throws {
        let photo = try Sample.open(name)
        #expect(photo.width == Sample.width && photo.height == Sample.height)
        #expect(photo.bitDepth == bits)
        #expect(photo.bands == bands)
        #expect(photo.hasAlpha == hasAlpha)
        #expect(photo.warnings.isEmpty)
    }

    @Test(arguments: ["pages.tif", "animated.webp"])
    func `Of several pages the first is taken, with a warning`(name: String) throws {
        let photo = try Sample.open(name)
        #expect(photo.warnings.count == 1)
        #expect(photo.warnings[0].hasSuffix("\(name): 2 pages; only the first is coloured."))
        #expect(try photo.colours() == Sample.rgb)
    }

    @Test(arguments: [
        ("five.tif", "five.tif: 5 channels; a photograph has 1 to 4."),
        ("float.tif", "float.tif: its samples are neither 8 nor 16 bits; save it as 16 bits."),
        ("missing.png", "missing.png: cannot be read: no such file or directory."),
    ])
    func `A refusal is a sentence that names the file`(name: String, sentence: String) {
        let error = #expect(throws: PhotoError.self) { try Sample.open(name) }
        #expect(error?.description == Sample.path(sentence))
    }

    @Test func `A folder, an empty file and a text are refused`() throws {
        try Sample.inFolder { folder in
            func refusal(_ content: String?) throws -> PhotoError? {
                let path = folder + "/a.jpg"
                if let content {
                    try content.write(toFile: path, atomically: true, encoding: .utf8)
                }
                let file = content == nil ? folder : path
                return #expect(throws: PhotoError.self) {
                    try PhotoFile(path: file, maxPixels: 1000)
                }
            }
            let ofFolder = try refusal(nil)
            #expect(ofFolder == .unreadable(file: folder, reason: "it is a folder"))
            let ofNothing = try refusal("")
            #expect(ofNothing == .empty(file: folder + "/a.jpg"))
            let ofText = try refusal("No picture.")
            #expect(ofText == .notAPhoto(file: folder + "/a.jpg"))
        }
    }

    @Test func `A file that holds nothing but its signature is refused`() throws {
        try Sample.inFolder { folder in
            for format in PhotoFormat.allCases {
                let whole = Sample.path("tagged.\(format.fileExtensions[0])")
                let path = folder + "/cut"
                let data = try Data(contentsOf: URL(filePath: whole)).prefix(20)
                try data.write(to: URL(filePath: path))
                #expect(throws: PhotoError.self, "\(format)") {
                    let photo = try PhotoFile(path: path, maxPixels: 1000)
                    _ = try photo.scaled(width: 4, height: 4)
                }
            }
        }
    }

    @Test(arguments: [
        "cut.jpg", "rgb16.png", "none.tif", "lzw.tif", "rgb16.tif", "animated.webp",
        "deep.heic", "deep.avif", "progressive.jpg", "interlaced.png", "bare.jxl",
    ])
    func `A file cut short is an error, not grey bars`(name: String) throws {
        try Sample.inFolder { folder in
            let whole = folder + "/whole-" + name
            if name == "bare.jxl" {
                try Sample.open("rgb.png").copy(to: whole, format: .jxl)
            } else {
                try FileManager.default.copyItem(atPath: Sample.path(name), toPath: whole)
            }
            let data = try Data(contentsOf: URL(filePath: whole))
            let path = folder + "/" + name
            try data.prefix(data.count * 7 / 10).write(to: URL(filePath: path))
            #expect(throws: PhotoError.self) {
                _ = try PhotoFile(path: path, maxPixels: 10_000).scaled(width: 24, height: 16)
            }
            #expect(throws: PhotoError.self) {
                try PhotoFile(path: path, maxPixels: 10_000).copy(to: folder + "/o", format: .png)
            }
        }
    }

    @Test(arguments: [
        "rgb16.png", "none.tif", "lzw.tif", "rgb16.tif", "animated.webp",
        "deep.heic", "deep.avif", "progressive.jpg", "interlaced.png",
    ])
    func `Messages call files by the names they were given, and tell no path`(
        name: String
    ) throws {
        try Sample.inFolder { folder in
            let path = FilePath(folder + "/7")
            func message(_ body: () throws -> Void) throws -> String {
                let error = #expect(throws: PhotoError.self) { try body() }
                let text = "\(try #require(error))"
                #expect(!text.contains(folder), "\(text)")
                return text
            }
            let absent = try message {
                _ = try PhotoFile(path: path, name: "sent", maxPixels: 10_000)
            }
            #expect(absent.hasPrefix("sent: cannot be read"), "\(absent)")
            let data = try Data(contentsOf: URL(filePath: Sample.path(name)))
            try data.write(to: URL(filePath: path.string))
            let photo = try PhotoFile(path: path, name: "sent", maxPixels: 10_000)
            let options = PhotoWriteOptions(format: .png, provenance: Sample.provenance)
            let unwritable = try message {
                try photo.write(
                    to: FilePath(folder + "/none/8"), name: "result", options: options
                ) { $0.copyColours() }
            }
            #expect(unwritable.hasPrefix("result: cannot be written"), "\(unwritable)")
            try data.prefix(data.count * 7 / 10).write(to: URL(filePath: path.string))
            let cut = try message {
                _ = try PhotoFile(path: path, name: "sent", maxPixels: 10_000)
                    .scaled(width: 24, height: 16)
            }
            #expect(cut.hasPrefix("sent: truncated"), "\(cut)")
        }
    }

    @Test func `A PNG that claims 100,000 x 100,000 pixels fails at once`() throws {
        let photo = try Sample.open("huge.png")
        #expect(photo.width == 100_000 && photo.height == 100_000)
        #expect(throws: PhotoError.self) { try photo.scaled(width: 10, height: 10) }
    }

    @Test(arguments: ["tagged.jpg", "cmyk.jpg", "progressive.jpg", "animated.webp"])
    func `A file too small for the pixels it claims is cut short`(name: String) throws {
        try Sample.inFolder { folder in
            var data = try Data(contentsOf: URL(filePath: Sample.path(name)))
            // Sixteen thousand pixels a side.
            if name.hasSuffix("webp") {
                data.replaceSubrange(24..<30, with: [0x7F, 0x3E, 0, 0x7F, 0x3E, 0])
            } else {
                let frame = try #require(
                    data.indices.dropLast(9).last {
                        data[$0] == 0xFF && [0xC0, 0xC2].contains(data[$0 + 1])
                    })
                data.replaceSubrange(frame + 5..<frame + 9, with: [0x3E, 0x80, 0x3E, 0x80])
            }
            let path = folder + "/" + name
            try data.write(to: URL(filePath: path))
            let error = #expect(throws: PhotoError.self) {
                try PhotoFile(path: path, maxPixels: 1 << 30)
            }
            #expect(
                error
                    == .damaged(
                        file: path,
                        detail: "\(data.count) bytes are too few for a photograph of 16000 x 16000 "
                            + "pixels"))
        }
    }

    @Test(arguments: [
        ("interlaced.png", true), ("progressive.jpg", true), ("tagged.webp", true),
        ("tagged.heic", true), ("tagged.avif", true), ("tagged.jxl", true),
        ("orientation-6.tif", true), ("rgb.png", false), ("cut.jpg", false), ("lzw.tif", false),
    ])
    func `The pixel limit holds where a decoder holds the whole picture`(
        name: String, decodesWhole: Bool
    ) throws {
        #expect(throws: Never.self) { try Sample.open(name, maxPixels: 48 * 32) }
        if decodesWhole {
            #expect(throws: PhotoError.self) { try Sample.open(name, maxPixels: 48 * 32 - 1) }
        } else {
            #expect(throws: Never.self) { try Sample.open(name, maxPixels: 1) }
        }
    }

    @Test(arguments: [
        ("a.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'></svg>"),
        ("a.pdf", "%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>"),
        ("a.gif", "GIF89a\u{1}\0\u{1}\0\0\0\0;"), ("a.ppm", "P3\n1 1\n255\n1 2 3\n"),
        ("a.xpm", "/* XPM */\nstatic char *a[] = {\"1 1 1 1\", \"a c red\", \"a\"};"),
    ])
    func `Loaders for other files are blocked, under any name`(
        name: String, content: String
    ) throws {
        try Sample.inFolder { folder in
            for path in ["\(folder)/\(name)", "\(folder)/\(name).jpg"] {
                try content.write(toFile: path, atomically: true, encoding: .utf8)
                let refusal = try PhotoLibrary.refusal(of: FilePath(path))
                #expect(refusal != nil)
                #expect(throws: PhotoError.notAPhoto(file: path)) {
                    try PhotoFile(path: path, maxPixels: 1000)
                }
            }
        }
        // The question itself works: photographs do have a loader.
        for format in PhotoFormat.allCases {
            let path = Sample.path("tagged.\(format.fileExtensions[0])")
            #expect(try PhotoLibrary.refusal(of: FilePath(path)) == nil)
        }
    }
}
