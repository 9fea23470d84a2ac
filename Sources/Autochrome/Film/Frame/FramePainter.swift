internal import Dispatch

/// Paints a frame with the colours of a guided upsampling.
///
/// What is kept is L*, as with photographs, and not the code of Y': a saturated colour of the
/// same Y' is lighter than the grey, red by 30 units of L*. So Y' is that of the colour which has
/// the grey's L*; where there is no colour it is the source's own code.
///
/// Chroma that pixels share is sited as H.264 and its kin take it unless told otherwise: in the
/// column of the left one, between the rows.
struct FramePainter: Sendable {
    let reading: FrameReading

    /// The frame that is written.
    let target: FrameFormat
    let targetColors: FrameColors
    let saturation: Float

    /// Whether the source stands to the left of the result.
    let compare: Bool

    /// The whole frame, its rows spread over the cores.
    func painted(_ frame: FilmFrame, _ upsampling: GuidedUpsampling) -> [UInt8] {
        let isToned = reading.isToned(frame)
        let bands = target.chromaHeight
        let chunk = max(1, min(16, (bands + 7) / 8))
        return [UInt8](unsafeUninitializedCapacity: target.byteCount) { bytes, count in
            let output = Output(bytes: UnsafeMutableRawBufferPointer(bytes))
            frame.bytes.withUnsafeBytes { source in
                let input = Input(bytes: source, isToned: isToned)
                DispatchQueue.concurrentPerform(iterations: (bands + chunk - 1) / chunk) { index in
                    let range = index * chunk..<min(bands, (index + 1) * chunk)
                    paint(range, input, upsampling, output)
                }
            }
            count = target.byteCount
        }
    }

    /// What a chunk reads; not written while it is read.
    struct Input: Sendable {
        private let start: UInt
        private let count: Int
        let isToned: Bool

        init(bytes: UnsafeRawBufferPointer, isToned: Bool) {
            start = UInt(bitPattern: bytes.baseAddress)
            count = bytes.count
            self.isToned = isToned
        }

        var bytes: UnsafeRawBufferPointer {
            UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: start), count: count)
        }
    }

    /// Where chunks write, each rows of its own.
    struct Output: Sendable {
        private let start: UInt
        private let count: Int

        init(bytes: UnsafeMutableRawBufferPointer) {
            start = UInt(bitPattern: bytes.baseAddress)
            count = bytes.count
        }

        var bytes: UnsafeMutableRawBufferPointer {
            UnsafeMutableRawBufferPointer(
                start: UnsafeMutableRawPointer(bitPattern: start), count: count)
        }
    }
}
