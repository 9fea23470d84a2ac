import Autochrome
import Foundation
import Testing

@Suite struct PhotoFormatTests {
    @Test(arguments: ["jpg", "png", "tif", "webp", "heic", "avif", "jxl"])
    func `An extension stands for the format of a file that another program named so`(
        name: String
    ) throws {
        let content = try Sample.open("tagged.\(name)").format
        #expect(PhotoFormat(fileExtension: name) == content)
        #expect(PhotoFormat(fileExtension: name.uppercased()) == content)
    }

    @Test func `Extensions of no format stand for none`() {
        for name in ["gif", "", "jp", "jpgx", "svg", "mp4"] {
            #expect(PhotoFormat(fileExtension: name) == nil)
        }
    }

    @Test(arguments: PhotoFormat.allCases)
    func `A file is recognised by content`(format: PhotoFormat) throws {
        let name = "tagged.\(format.fileExtensions[0])"
        #expect(try Sample.open(name).format == format)
    }

    @Test func `Other content has no format`() {
        let texts = ["<svg xmlns='http://www.w3.org/2000/svg'/>", "%PDF-1.4", "GIF89a", "", "RIFF"]
        for text in texts { #expect(PhotoFormat(content: Array(text.utf8)) == nil) }
        #expect(PhotoFormat(content: Array("\0\0\0\u{18}ftypisom\0\0\0\0isommp41".utf8)) == nil)
    }

    @Test(arguments: PhotoFormat.allCases)
    func `A quality of 10 takes less room than the default where there is one`(
        format: PhotoFormat
    ) throws {
        try Sample.inFolder { folder in
            func size(_ quality: Int?) throws -> Int {
                try Sample.open("rgb.png").copy(to: folder + "/o", format: format, quality: quality)
                return try Data(contentsOf: URL(filePath: folder + "/o")).count
            }
            let (low, standard) = (try size(10), try size(nil))
            #expect((low < standard) == format.hasQuality, "\(low), \(standard)")
        }
    }
}
