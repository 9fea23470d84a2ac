import Autochrome
import AutochromeTraining
import Foundation
import Testing

@Suite struct RepeatIndexTests {
    @Test("A photograph made smaller and compressed harder is repeated; other ones are not")
    func fingerprints() throws {
        let seeds = 0..<40
        let originals = seeds.map {
            Fingerprint(of: Thumbnail(of: TestPhotograph.square($0, side: 512)))
        }
        for seed in seeds {
            let bytes = try TestPhotograph.jpeg(seed, side: 300, quality: 40)
            let cut = PhotoSquare.Cut(size: 200, isFromCorner: false, isArticles: false)
            let copy = try PhotoData.with(bytes, name: "copy", cut: cut) {
                (photo) throws(PhotoError) in Fingerprint(of: Thumbnail(of: try photo.square()))
            }
            let matches = seeds.filter { originals[$0].matches(copy) }
            #expect(matches == [seed])
        }
    }

    @Test("Flat pictures of different colours are not taken for one another")
    func flat() {
        func flat(_ color: [UInt8]) -> Fingerprint {
            let pixels = (0..<200 * 200).flatMap { _ in color }
            return Fingerprint(of: Thumbnail(of: PhotoSquare(side: 200, pixels: pixels)))
        }
        #expect(!flat([200, 30, 30]).matches(flat([30, 30, 200])))
        #expect(flat([200, 30, 30]).matches(flat([200, 30, 30])))
    }

    @Test("The index answers as comparing with all earlier fingerprints does")
    func bruteForce() {
        var random = Generator(state: 7)
        var index = RepeatIndex()
        var seen: [Fingerprint] = []
        var repeated = 0
        for _ in 0..<2000 {
            var bits = random.next()
            if let old = seen.randomElement(using: &random), Bool.random(using: &random) {
                bits = old.bits
                for _ in 0..<Int.random(in: 0...6, using: &random) {
                    bits ^= 1 << UInt64.random(in: 0..<64, using: &random)
                }
            }
            let fingerprint = Fingerprint(bits: bits, colors: SIMD64(repeating: 9))
            let expected = seen.contains { $0.matches(fingerprint) }
            #expect(index.insert(fingerprint) == expected)
            repeated += expected ? 1 : 0
            seen.append(fingerprint)
        }
        #expect((200...1200).contains(repeated))
    }
}
