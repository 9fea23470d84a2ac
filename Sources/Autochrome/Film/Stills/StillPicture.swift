internal import SystemPackage

/// Makes PNG files of a film's frames: upright, as wide and high as the film is shown, R'G'B' of 8
/// bits, or of 16 where the film has more than 8.
struct StillPicture: Sendable {
    private let reading: FrameReading
    private let filter: String

    /// - Parameters:
    ///   - reading: how the frames are read.
    ///   - pixelAspect: width of a pixel to its height. The longer of its sides is what a square
    ///     pixel gets, so that nothing is thrown away.
    init(reading: FrameReading, pixelAspect: Rational?) {
        self.reading = reading
        let aspect = min(max(pixelAspect?.value ?? 1, 0.1), 10)
        let format = reading.format
        let width = Int((Double(format.width) * max(1, aspect)).rounded())
        let height = Int((Double(format.height) / min(1, aspect)).rounded())
        filter =
            "scale=\(width):\(height):out_range=pc"
            + ":flags=lanczos+accurate_rnd+full_chroma_int+full_chroma_inp,setsar=1"
    }

    /// The file's bytes.
    ///
    /// - Throws: `FilmError.unwritable` with ffmpeg's reason, naming `path`.
    func png(of frame: FilmFrame, for path: FilePath) async throws -> [UInt8] {
        let (input, feed) = try MediaTool.pipe()
        let (read, output) = try MediaTool.pipe()
        defer { try? read.close() }
        let isToned = reading.isToned(frame)
        let process = MediaProcess(
            "ffmpeg", arguments(isToned: isToned), input: input, output: output)
        let codes = isToned ? frame.bytes : grey(frame)
        async let fed: Void = blocking {
            // Where ffmpeg takes no more, it says why.
            _ = try? feed.writeAll(codes)
            try? feed.close()
        }
        let bytes = try await blocking { () throws -> [UInt8] in try read.readToEnd() }
        await fed
        let ending = try await process.ending()
        guard ending.isGood, !bytes.isEmpty else {
            throw FilmError.unwritable(path, reason: ending.reason)
        }
        return bytes
    }

    private func arguments(isToned: Bool) -> [MediaArgument] {
        let (format, colors) = (reading.format, reading.colors)
        let isDeep = format.depth > 8
        let name = isToned ? format.name : isDeep ? "gray16le" : "gray"
        let meaning =
            isToned
            ? "setparams=range=\(colors.range):colorspace=\(ColorCode.matrices[colors.matrix] ?? 2),"
            : ""
        var arguments = MediaTool.quiet.filter { $0.bytes != Array("-nostdin".utf8) }
        arguments += ["-f", "rawvideo", "-pix_fmt", "\(name)"]
        arguments += ["-s", "\(format.width)x\(format.height)", "-i", "pipe:0"]
        arguments += ["-vf", "\(meaning)\(filter)", "-frames:v", "1"]
        arguments += ["-pix_fmt", isDeep ? "rgb48be" : "rgb24"]
        arguments += ["-c:v", "png", "-f", "image2pipe", "pipe:1"]
        return arguments
    }

    /// Y' alone, from black to white over all codes of 8 or 16 bits.
    private func grey(_ frame: FilmFrame) -> [UInt8] {
        let format = reading.format
        let limit: Float = format.depth > 8 ? 65_535 : 255
        let codes = reading.luma.map { UInt16((min(max($0, 0), 1) * limit).rounded()) }
        guard format.depth > 8 else {
            return frame.bytes.prefix(format.lumaCount).map { UInt8(codes[Int($0)]) }
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(2 * format.lumaCount)
        for i in stride(from: 0, to: 2 * format.lumaCount, by: 2) {
            // What lies above the depth's bits is damage.
            let code = Int(frame.bytes[i]) | Int(frame.bytes[i + 1]) << 8
            let value = codes[min(code, format.limit)]
            bytes += [UInt8(truncatingIfNeeded: value), UInt8(value >> 8)]
        }
        return bytes
    }
}
