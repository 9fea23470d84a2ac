import Autochrome
import Foundation
import Testing

@Suite struct PhotoMetadataTests {
    /// Copies `name` as `format` and hands out what the copy says.
    private func metadata(of name: String, as format: PhotoFormat) throws -> PhotoMetadata {
        try Sample.inFolder { folder in
            let path = folder + "/out.\(format.fileExtensions[0])"
            #expect(try Sample.open(name).copy(to: path, format: format).isEmpty)
            return try PhotoMetadata(of: path, format: format)
        }
    }

    private static let pairs = PhotoFormat.allCases.flatMap { from in
        PhotoFormat.allCases.map { (from, $0) }
    }

    @Test(arguments: pairs)
    func `EXIF, XMP and IPTC reach every format`(from: PhotoFormat, to: PhotoFormat) throws {
        let found = try metadata(of: "tagged.\(from.fileExtensions[0])", as: to)
        #expect(found["Exif.Image.Artist"] == "Ada")
        #expect(found["Exif.Image.Copyright"] == "Public domain")
        #expect(found["Exif.Image.ImageDescription"] == "A harbour")
        #expect(found["Exif.Photo.DateTimeOriginal"] == "1901:02:03 04:05:06")
        #expect(found["Exif.GPSInfo.GPSLatitude"]?.hasPrefix("48/1 30/1") == true)
        #expect(found["Exif.Image.XResolution"] == "300/1")
        #expect(found["Xmp.dc.title"] == "lang=\"x-default\" Harbour")
        // A place for IPTC in, a place for it out: the datasets; else as XMP.
        guard [.jpeg, .png, .tiff].contains(from) else { return }
        if [.jpeg, .png, .tiff].contains(to) {
            #expect(found["Iptc.Application2.Caption"] == "Boats at rest")
            #expect(found["Iptc.Application2.City"] == "Marseille")
            #expect(found["Iptc.Application2.Keywords"] == "boats")
        } else {
            #expect(found["Xmp.dc.description"] == "lang=\"x-default\" Boats at rest")
            #expect(found["Xmp.photoshop.City"] == "Marseille")
            #expect(found["Xmp.dc.subject"] == "boats")
        }
    }

    @Test(arguments: PhotoFormat.allCases, ["tagged.jpg", "rgb.png"])
    func `The new file says what was done, beside what it said before`(
        format: PhotoFormat, name: String
    ) throws {
        let found = try metadata(of: name, as: format)
        #expect(
            found["Xmp.iptcExt.DigitalSourceType"]
                == "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicallyEnhanced")
        #expect(found["Xmp.xmpMM.History[1]/stEvt:softwareAgent"] == "Autochrome 1.2")
        #expect(found["Xmp.xmpMM.History[1]/stEvt:parameters"]?.hasSuffix("plate") == true)
        let tool = name == "tagged.jpg" ? "Scanner 3" : "Autochrome 1.2"
        #expect(found["Xmp.xmp.CreatorTool"] == tool)
    }

    @Test func `A second pass adds to the history`() throws {
        try Sample.inFolder { folder in
            try Sample.open("tagged.jpg").copy(to: folder + "/1.jpg", format: .jpeg)
            let once = try PhotoFile(path: folder + "/1.jpg", maxPixels: 10_000)
            try once.copy(to: folder + "/2.tif", format: .tiff)
            let found = try PhotoMetadata(of: folder + "/2.tif", format: .tiff)
            #expect(found["Xmp.xmpMM.History[2]/stEvt:softwareAgent"] == "Autochrome 1.2")
        }
    }

    @Test(arguments: PhotoFormat.allCases)
    func `What described the old pixels is put right`(format: PhotoFormat) throws {
        let before = try PhotoMetadata(of: Sample.path("turned.jpg"), format: .jpeg)
        #expect(before["Exif.Image.Orientation"] == "6")
        #expect(before["Exif.Thumbnail.Compression"] != nil)
        let found = try metadata(of: "turned.jpg", as: format)
        #expect(found["Exif.Image.Orientation"] == "1")
        #expect(found["Xmp.tiff.Orientation"] == "1")
        #expect(found["Exif.Photo.PixelXDimension"] == "48")
        #expect(found["Exif.Photo.PixelYDimension"] == "32")
        #expect(found["Exif.Thumbnail.Compression"] == nil)
        #expect(found["Exif.Thumbnail.JPEGInterchangeFormat"] == nil)
    }

    @Test func `What is too long is left out with a warning, and the rest stays`() throws {
        try Sample.inFolder { folder in
            let path = folder + "/out"
            let warnings = try Sample.open("long-exif.tif").copy(to: path, format: .png)
            let sentence = "its EXIF exceeds 64 KB; the longest values are omitted."
            #expect(warnings == [Sample.path("long-exif.tif: \(sentence)")])
            for (name, format) in [
                ("long-exif.tif", PhotoFormat.png), ("long-xmp.tif", .jpeg),
                ("long-xmp.tif", .tiff),
            ] {
                try Sample.open(name).copy(to: path, format: format)
                let found = try PhotoMetadata(of: path, format: format)
                #expect(found["Exif.Image.Artist"] == "Ada")
                #expect(found["Xmp.xmpMM.History[1]/stEvt:softwareAgent"] == "Autochrome 1.2")
                guard name == "long-xmp.tif" else { continue }
                let length = 80_000 + "lang=\"x-default\" ".count
                #expect(found["Xmp.dc.description"]?.count == length, "\(format)")
            }
        }
    }

    @Test func `A comment stays one in JPEG and moves into EXIF elsewhere`() throws {
        try Sample.inFolder { folder in
            try Sample.open("tagged.jpg").copy(to: folder + "/out.jpg", format: .jpeg)
            let data = try Data(contentsOf: URL(filePath: folder + "/out.jpg"))
            // The segment: its mark, its length with that of two bytes, the text.
            let segment = Data([0xFF, 0xFE, 0, 20] + Array("Found in an attic\u{0}".utf8))
            #expect(data.range(of: segment) != nil)
            let found = try PhotoMetadata(of: folder + "/out.jpg", format: .jpeg)
            #expect(found["Exif.Photo.UserComment"] == nil)
        }
        let found = try metadata(of: "tagged.jpg", as: .tiff)
        #expect(found["Exif.Photo.UserComment"]?.contains("Found in an attic") == true)
    }

    @Test(arguments: PhotoFormat.allCases, ["swapped-profile.png", "grey.png"])
    func `The new file's profile is sRGB's, whatever the old one was`(
        format: PhotoFormat, name: String
    ) throws {
        try Sample.inFolder { folder in
            let path = folder + "/out"
            let photo = try Sample.open(name)
            try photo.copy(to: path, format: format, quality: format.hasQuality ? 98 : nil)
            // Read again, colours stay what they were: no other profile applies.
            let copy = try PhotoFile(path: path, maxPixels: 10_000)
            let expected = try photo.colours()
            let three = photo.bands == 3 ? expected : expected.flatMap { [$0, $0, $0] }
            #expect(try difference(copy.colours(), three).mean < (format == .webp ? 6 : 3))
            guard ![.png, .jxl].contains(format) else { return }  // compressed there
            let embedded = try profile(in: path)
            // What a photograph without a profile gets, too.
            try Sample.open("none.tif").copy(to: folder + "/none.tif", format: .tiff)
            let standard = try profile(in: folder + "/none.tif")
            #expect(embedded == standard)
            #expect(Data(embedded.filter { $0 != 0 }).range(of: Data("sRGB".utf8)) != nil)
        }
    }

    /// The bytes of an uncompressed ICC profile: a length, and "acsp" as its bytes 36..<40
    /// (ICC.1, 7.2).
    private func profile(in path: String) throws -> Data {
        let data = try Data(contentsOf: URL(filePath: path))
        let start = try #require(data.range(of: Data("acsp".utf8))).lowerBound - 36
        let length = data[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
        try #require(start + length <= data.count)
        return Data(data[start..<start + length])
    }

    @Test func `Tags past the end of the file cost neither the photograph nor other tags`() throws {
        try Sample.inFolder { folder in
            var data = try Data(contentsOf: URL(filePath: Sample.path("tagged.tif")))
            // The offset of the second directory of tags, to nowhere.
            let tag = try #require(data.range(of: Data([0x69, 0x87, 0x04, 0x00])))
            data.replaceSubrange(
                tag.upperBound + 4..<tag.upperBound + 8, with: [255, 255, 255, 127])
            try data.write(to: URL(filePath: folder + "/a.tif"))
            let photo = try PhotoFile(path: folder + "/a.tif", maxPixels: 10_000)
            try photo.copy(to: folder + "/out.png", format: .png)
            let found = try PhotoMetadata(of: folder + "/out.png", format: .png)
            #expect(found["Exif.Image.Artist"] == "Ada")
            #expect(found["Exif.Photo.ISOSpeedRatings"] == nil)
            let copy = try PhotoFile(path: folder + "/out.png", maxPixels: 10_000)
            #expect(try copy.colours() == Sample.rgb)
        }
    }
}
