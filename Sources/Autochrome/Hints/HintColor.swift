/// A colour that a person chose: its a* and b*, since lightness stays the photograph's own.
public struct HintColor: Sendable, Equatable {
    /// From green to red.
    public let a: Float
    /// From blue to yellow.
    public let b: Float

    /// No colour.
    public static let grey = HintColor(a: 0, b: 0)

    /// The colour of these coordinates.
    package init(a: Float, b: Float) { (self.a, self.b) = (a, b) }

    /// The a* and b* of an sRGB colour of 8 bits.
    public init(red: UInt8, green: UInt8, blue: UInt8) {
        guard red != green || green != blue else {
            self = .grey
            return
        }
        let linear = SRGBTransfer.shared.linear8
        let lab = Lab.lab(
            ofLinear: .init(repeating: linear[Int(red)]), .init(repeating: linear[Int(green)]),
            .init(repeating: linear[Int(blue)]))
        self.init(a: lab.a[0], b: lab.b[0])
    }

    /// The colour in sRGB at a lightness, such as `#8a2b1c`, with as much chroma as sRGB has there.
    ///
    /// - Parameter lightness: L*, 0...100.
    package func hex(lightness: Float) -> String {
        let kept = GamutMapping.chromaKept(lightness: [lightness], a: [a], b: [b])[0]
        let planes = LabPlanes(
            lightness: Plane(width: 1, height: 1, repeating: lightness),
            a: Plane(width: 1, height: 1, repeating: kept * a),
            b: Plane(width: 1, height: 1, repeating: kept * b))
        let codes = Lab.pixels(of: planes).map { Int((255 * $0).rounded()) }
        let text = String(codes[0] << 16 | codes[1] << 8 | codes[2], radix: 16)
        return "#" + String(repeating: "0", count: 6 - text.count) + text
    }

    /// The colour of a text such as `#8a2b1c`; nil for any other text.
    public init?(_ text: some StringProtocol) {
        let digits = text.utf8.dropFirst()
        guard text.utf8.first == UInt8(ascii: "#"), digits.count == 6,
            text.dropFirst().allSatisfy({ $0.isASCII && $0.isHexDigit }),
            let code = UInt32(text.dropFirst(), radix: 16)
        else { return nil }
        self.init(
            red: UInt8(code >> 16), green: UInt8(code >> 8 & 255), blue: UInt8(code & 255))
    }
}
