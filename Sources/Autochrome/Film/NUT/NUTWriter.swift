/// Writes one stream of uncompressed pictures as NUT.
struct NUTWriter {
    /// The bytes that go before the first frame.
    let header: [UInt8]

    /// What the one stream is.
    struct Stream {
        /// The four characters that stand for the pixel format.
        let tag: [UInt8]
        let width: Int
        let height: Int
        /// Width of a pixel to its height; nil where nobody said.
        let pixelAspect: Rational?
        let timeBase: Rational
    }

    init(_ stream: Stream) {
        header =
            NUT.identification + Self.packet(.main, Self.main(stream))
            + Self.packet(.stream, Self.description(stream))
    }

    /// The bytes that go before a frame's own.
    ///
    /// A syncpoint goes before each, so that times are whole and nothing depends on what was.
    ///
    /// - Parameters:
    ///   - time: in units of the time base, 0 or more.
    ///   - size: of the frame, in bytes.
    static func frameHeader(time: Int64, size: Int) -> [UInt8] {
        var sync: [UInt8] = []
        append(UInt64(time), to: &sync)  // One time base, so its number adds nothing.
        append(0, to: &sync)  // Nobody seeks backwards in a pipe.
        var frame: [UInt8] = [frameCode]
        append(UInt64(time) + 1, to: &frame)  // Whole times begin at 1 << 0.
        append(UInt64(size), to: &frame)
        return packet(.syncpoint, sync) + frame + bigEndian(NUT.checksum(frame))
    }

    /// The one code frames have: a key frame whose time and size follow, with a checksum.
    private static let frameCode: UInt8 = 0

    private static func main(_ stream: Stream) -> [UInt8] {
        var bytes: [UInt8] = []
        for value in [3, 1, 65536, 1, stream.timeBase.numerator, stream.timeBase.denominator] {
            append(UInt64(value), to: &bytes)
        }
        let flags: NUT.Flags = [.key, .codedTime, .sizeHigh, .checksum]
        // Flags, six fields (time, multiplier, stream, size, reserved, count), one code.
        for value in [flags.rawValue, 6, 0, 1, 0, 0, 0, 1] { append(value, to: &bytes) }
        // All other codes are invalid; 'N', which begins packets, is left out of the count.
        for value in [NUT.Flags.invalid.rawValue, 6, 0, 1, 0, 0, 0, 254] {
            append(value, to: &bytes)
        }
        append(0, to: &bytes)  // No headers left out.
        return bytes
    }

    private static func description(_ stream: Stream) -> [UInt8] {
        var bytes: [UInt8] = []
        for value in [0, 0] { append(UInt64(value), to: &bytes) }  // Stream 0 is video.
        append(UInt64(stream.tag.count), to: &bytes)
        bytes += stream.tag
        // Time base 0, whole times only, any distance, no delay, no flags, nothing of the codec.
        for value in [0, 0, 1 << 20, 0, 0, 0] { append(UInt64(value), to: &bytes) }
        let aspect = stream.pixelAspect
        let shape = [
            stream.width, stream.height, aspect?.numerator ?? 0, aspect?.denominator ?? 0, 0,
        ]
        for value in shape { append(UInt64(value), to: &bytes) }
        return bytes
    }

    private static func packet(_ code: NUT.StartCode, _ payload: [UInt8]) -> [UInt8] {
        var start = bigEndian(code.rawValue)
        append(UInt64(payload.count + 4), to: &start)
        if payload.count + 4 > 4096 { start += bigEndian(NUT.checksum(start)) }
        return start + payload + bigEndian(NUT.checksum(payload))
    }

    /// Seven bits a byte, the highest first; all bytes but the last have their top bit set.
    private static func append(_ value: UInt64, to bytes: inout [UInt8]) {
        var shift = 0
        while shift < 63, value >> UInt64(shift + 7) > 0 { shift += 7 }
        while shift >= 0 {
            bytes.append(UInt8(value >> UInt64(shift) & 0x7F) | (shift > 0 ? 0x80 : 0))
            shift -= 7
        }
    }

    private static func bigEndian(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.bigEndian) { Array($0) }
    }
}
