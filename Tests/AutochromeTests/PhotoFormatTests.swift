import Autochrome
import Testing

@Suite struct PhotoFormatTests {
    @Test(arguments: PhotoFormat.allCases)
    func `A format is recognised by each of its extensions`(format: PhotoFormat) {
        for name in format.fileExtensions {
            #expect(PhotoFormat(fileExtension: name) == format)
            #expect(PhotoFormat(fileExtension: name.uppercased()) == format)
        }
        #expect(PhotoFormat(fileExtension: "gif") == nil)
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

    @Test func `Only formats that lose something have a quality`() {
        #expect(PhotoFormat.allCases.filter { !$0.hasQuality } == [.png, .tiff])
    }
}
