import Autochrome
import AutochromeTraining
import Foundation
import Testing

@Suite struct FilterTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func prepare(
        _ photographs: [[UInt8]], _ change: (inout PrepareSettings) -> Void = { _ in }
    ) throws -> Prepared {
        for (index, photograph) in photographs.enumerated() {
            try scratch.write(photograph, as: "in/\(index).jpg")
        }
        var settings = PrepareSettings()
        change(&settings)
        return try Prepared(scratch, ["in"], settings: settings)
    }

    @Test("Each reason to leave a file out has its own count")
    func reasons() throws {
        let good = try TestPhotograph.jpeg(1)
        let grey = try TestPhotograph.jpeg(2) { SIMD3(repeating: $0.sum() / 3) }
        let sepia = try TestPhotograph.jpeg(3) { SIMD3(1, 0.8, 0.6) * ($0.sum() / 3) }
        let prepared = try prepare([
            good, Array("no photograph".utf8), [], try TestPhotograph.fixture("rgb16.png"),
            Array(good.dropLast(good.count / 3)), try TestPhotograph.jpeg(4, side: 100), grey,
            sepia, good,
        ])
        #expect(
            prepared.dropped == [
                .notAPhoto: 3, .damaged: 1, .tooSmall: 1, .grey: 1, .toned: 1, .repeated: 1,
            ])
        #expect(prepared.description.counts.kept == 1)
        #expect(prepared.description.counts.files == 9)
    }

    @Test("A photograph of one channel is left out, also as PNG with --any-format")
    func oneChannel() throws {
        let prepared = try prepare([
            try TestPhotograph.fixture("grey.png"), try TestPhotograph.fixture("grey-alpha.png"),
        ]) { settings in
            settings.anyFormat = true
            settings.minSide = 1
        }
        #expect(prepared.dropped == [.oneChannel: 2])
    }

    @Test("With --any-format, PNG, TIFF, WebP, HEIC, AVIF and JPEG XL are taken, 16 bits too")
    func anyFormat() throws {
        let names = [
            "rgb.png", "rgba.png", "rgb16.png", "rgb16.tif", "tagged.webp", "tagged.heic",
            "tagged.avif", "tagged.jxl", "cmyk.tif", "lab.tif",
        ]
        let prepared = try prepare(try names.map { try TestPhotograph.fixture($0) }) { settings in
            settings.anyFormat = true
            settings.minSide = 1
            settings.keepDuplicates = true
        }
        #expect(prepared.description.counts.kept == names.count, "\(prepared.dropped)")
        #expect(prepared.description.photographs.allSatisfy { $0.width == 32 })
    }

    @Test("CMYK is converted to sRGB and counted")
    func cmyk() throws {
        let prepared = try prepare([try TestPhotograph.fixture("cmyk.jpg")]) { $0.minSide = 1 }
        #expect(prepared.description.counts.convertedFromCMYK == 1)
        #expect(prepared.description.counts.kept == 1)
    }

    @Test("A truncated photograph is damaged, even where the square does not need its end")
    func cutOutsideSquare() throws {
        let tall = try TestPhotograph.fixture("turned.jpg")
        let cut = try prepare([Array(tall.dropLast(60))]) { $0.minSide = 1 }
        #expect(cut.dropped == [.damaged: 1])
    }

    @Test("Bits that do not fit count as damage")
    func flippedBits() throws {
        var photograph = try TestPhotograph.jpeg(5)
        for place in stride(from: photograph.count / 2, to: photograph.count / 2 + 60, by: 3) {
            photograph[place] = 0xFF
        }
        #expect(try prepare([photograph]).dropped == [.damaged: 1])
    }

    @Test("A header that claims a huge picture is refused before it is decoded")
    func hugeClaim() throws {
        var photograph = try TestPhotograph.jpeg(6)
        // SOF0: marker, length, precision, height, width (ITU-T T.81, B.2.2).
        let frame = try #require(
            (0..<photograph.count - 1).first {
                photograph[$0] == 0xFF && photograph[$0 + 1] == 0xC0
            })
        photograph.replaceSubrange(
            frame + 5..<frame + 9, with: [0xEA, 0x60, 0xEA, 0x60])
        let prepared = try prepare([photograph])
        #expect(prepared.dropped == [.tooLarge: 1])
    }

    @Test("A member whose header claims more than is taken into memory is refused unread")
    func hugeMember() throws {
        let photograph = try TestPhotograph.jpeg(7)
        let huge = TestArchive.Member(
            name: Array("huge.jpg".utf8), data: photograph, size: 1 << 33)
        let first = TestArchive.file("a.jpg", try TestPhotograph.jpeg(8))
        try scratch.write(try TestArchive.bytes(.gnuTar, [first, huge]), as: "a.tar")
        let prepared = try Prepared(scratch, ["a.tar"])
        #expect(prepared.dropped == [.tooLarge: 1])
        #expect(prepared.description.counts.kept == 1)
        #expect(prepared.description.problems.count == 1)
    }

    @Test(
        "An archive cut short keeps what was whole and says where it ended",
        arguments: [TestArchive.Kind.tar, .gzip, .zstd, .zip, .deflatedZip])
    func cutShort(_ kind: TestArchive.Kind) throws {
        // Larger than what the decompressors hold back: 128 KiB.
        let members = try (0..<12).map {
            TestArchive.file("p\($0).jpg", try TestPhotograph.jpeg($0, side: 512, quality: 97))
        }
        let whole = try TestArchive.bytes(kind, members)
        try scratch.write(Array(whole.prefix(whole.count * 6 / 10)), as: "a.archive")
        let prepared = try Prepared(scratch, ["a.archive"])
        let kept = prepared.description.counts.kept
        #expect((3...8).contains(kept))
        #expect(prepared.dropped == [.damaged: 1])
        #expect(
            prepared.description.problems == [
                "a.archive: truncated or damaged in a.archive!p\(kept).jpg; the files before are "
                    + "kept."
            ])
    }

    @Test("An inner archive that is damaged does not end the outer one")
    func damagedInside() throws {
        let members = try (0..<4).map {
            TestArchive.file("p\($0).jpg", try TestPhotograph.jpeg($0))
        }
        let inner = try TestArchive.bytes(.gnuTar, Array(members[..<3]))
        let outer = [
            TestArchive.file("i.tar", Array(inner.prefix(inner.count / 2))), members[3],
        ]
        try scratch.write(try TestArchive.bytes(.gnuTar, outer), as: "o.tar")
        let prepared = try Prepared(scratch, ["o.tar"])
        #expect(prepared.photographs["p3.jpg"] != nil)
        #expect(prepared.description.problems.count == 1)
        #expect(prepared.description.problems.first?.hasPrefix("o.tar!i.tar: ") == true)
    }
}
