/// How the samples of an uncompressed frame lie in memory: planes of Y', Cb and Cr, or of Y'
/// alone, one after the other without gaps, row by row.
struct FrameFormat: Sendable, Equatable {
    /// ffmpeg's name, as `yuv420p10le`.
    let name: String
    let width: Int
    let height: Int

    /// Bits of a sample: 8, or 9...16 in two bytes, the lower first.
    let depth: Int

    /// Whether there are Cb and Cr.
    let hasChroma: Bool

    /// Binary logarithms of how many pixels share a sample of chroma, across and down.
    let shiftX: Int
    let shiftY: Int

    /// The planar format of this name; nil for all others.
    init?(name: String, width: Int, height: Int) {
        self.name = name
        self.width = width
        self.height = height
        let plain = name.hasSuffix("le") ? name.dropLast(2) : name[...]
        if plain.hasPrefix("gray") {
            guard let depth = Self.depth(plain.dropFirst(4)) else { return nil }
            (hasChroma, shiftX, shiftY, self.depth) = (false, 0, 0, depth)
            return
        }
        let prefix = plain.hasPrefix("yuvj") ? 4 : 3
        guard plain.hasPrefix("yuv"),
            let shifts = Self.shifts[String(plain.dropFirst(prefix).prefix(4))],
            let depth = Self.depth(plain.dropFirst(prefix + 4))
        else { return nil }
        (hasChroma, shiftX, shiftY, self.depth) = (true, shifts.0, shifts.1, depth)
    }

    private static let shifts: [String: (Int, Int)] = [
        "420p": (1, 1), "422p": (1, 0), "444p": (0, 0), "440p": (0, 1), "411p": (2, 0),
        "410p": (2, 2),
    ]

    private static func depth(_ text: Substring) -> Int? {
        if text.isEmpty { return 8 }
        return Int(text).flatMap { (9...16).contains($0) ? $0 : nil }
    }

    var sampleBytes: Int { depth > 8 ? 2 : 1 }
    var chromaWidth: Int { (width + (1 << shiftX) - 1) >> shiftX }
    var chromaHeight: Int { (height + (1 << shiftY) - 1) >> shiftY }

    /// Samples of the plane of Y', and of one of chroma.
    var lumaCount: Int { width * height }
    var chromaCount: Int { hasChroma ? chromaWidth * chromaHeight : 0 }

    /// Bytes of a whole frame.
    var byteCount: Int { (lumaCount + 2 * chromaCount) * sampleBytes }

    /// The largest code.
    var limit: Int { 1 << depth - 1 }

    /// The four characters by which NUT knows the format; nil for those it has no name for.
    var tag: [UInt8]? {
        guard hasChroma, shiftX <= 1, shiftY <= shiftX else { return nil }
        if depth > 8 {
            let layout: UInt8 = shiftY == 1 ? 11 : shiftX == 1 ? 10 : 0
            return Array("Y3".utf8) + [layout, UInt8(depth)]
        }
        return Array((shiftY == 1 ? "I420" : shiftX == 1 ? "Y42B" : "444P").utf8)
    }
}
