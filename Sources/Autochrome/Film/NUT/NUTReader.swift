/// Reads one stream of uncompressed pictures out of NUT.
struct NUTReader {
    /// The stream's facts, of its header.
    struct Stream {
        let width: Int
        let height: Int
        /// Width of a pixel to its height; nil where nobody said.
        let pixelAspect: Rational?
        let timeBase: Rational
    }

    /// A frame and its time, in units of the stream's time base.
    struct Frame {
        let time: Int64
        let bytes: [UInt8]
    }

    /// What is not NUT as this reader knows it, or breaks off within a header.
    struct Malformed: Error, CustomStringConvertible {
        var description: String { "ffmpeg's frames arrived damaged; was it killed?" }
    }

    let stream: Stream
    private let source: ByteSource
    private let timeBases: [Rational]
    private let codes: [FrameCode]
    private let elided: [[UInt8]]
    private let timeShift: UInt64
    private var lastTime: Int64 = 0

    /// Reads the headers; nil when nothing comes at all.
    ///
    /// - Throws: `Malformed`, or what the source throws.
    init?(_ source: ByteSource) throws {
        guard let first = try source.bytes(NUT.identification.count) else { return nil }
        guard first == NUT.identification else { throw Malformed() }
        var main: MainHeader?
        while true {
            guard let (code, payload) = try Self.packet(source) else { throw Malformed() }
            if code == NUT.StartCode.main.rawValue { main = try MainHeader(payload) }
            if code == NUT.StartCode.stream.rawValue, let main {
                (stream, timeShift) = try Self.stream(payload, main)
                timeBases = main.timeBases
                codes = main.codes
                elided = main.elided
                self.source = source
                return
            }
        }
    }

    /// The next frame, or nil at the end, be it that of the film or of a pipe that broke.
    mutating func next() throws -> Frame? {
        while let first = try source.byte() {
            guard first == UInt8(ascii: "N") else { return try frame(code: Int(first)) }
            guard let rest = try source.bytes(7) else { return nil }
            let code = rest.reduce(UInt64(first)) { $0 << 8 | UInt64($1) }
            guard let payload = try Self.payload(source) else { return nil }
            if code == NUT.StartCode.syncpoint.rawValue {
                var fields = Fields(payload)
                lastTime = try inStream(try fields.number())
            }
        }
        return nil
    }

    private mutating func frame(code: Int) throws -> Frame? {
        var flags = codes[code].flags
        if flags.contains(.coded) {
            flags.formSymmetricDifference(NUT.Flags(rawValue: try source.number()))
        }
        guard !flags.contains(.invalid) else { throw Malformed() }
        if flags.contains(.streamID) { _ = try source.number() }
        var time = lastTime + codes[code].timeStep
        if flags.contains(.codedTime) { time = whole(try source.number()) }
        var size = codes[code].sizeLow
        if flags.contains(.sizeHigh) {
            size += codes[code].multiplier * Int(clamping: try source.number())
        }
        if flags.contains(.matchTime) { _ = try source.number() }
        var header = codes[code].headerIndex
        if flags.contains(.headerIndex) { header = Int(clamping: try source.number()) }
        if flags.contains(.reserved) {
            for _ in 0..<(try source.number()) { _ = try source.number() }
        }
        if flags.contains(.checksum) { _ = try source.bytes(4) }
        lastTime = time
        if size > 4096 { header = 0 }
        guard elided.indices.contains(header), size >= elided[header].count else {
            throw Malformed()
        }
        guard let bytes = try source.bytes(size - elided[header].count) else { return nil }
        return Frame(time: time, bytes: header == 0 ? bytes : elided[header] + bytes)
    }

    /// A time of which only the lowest bits may be given: the one nearest to the last time.
    private func whole(_ coded: UInt64) -> Int64 {
        let range = Int64(1) << Int64(timeShift)
        guard coded < UInt64(range) else { return Int64(clamping: coded) - range }
        let delta = lastTime - range / 2
        return ((Int64(clamping: coded) - delta) & (range - 1)) + delta
    }

    /// A syncpoint's time, in units of the stream: it counts in any of the file's time bases, of
    /// which chapters bring some.
    private func inStream(_ coded: UInt64) throws -> Int64 {
        let count = UInt64(timeBases.count)
        guard count > 0 else { throw Malformed() }
        let base = timeBases[Int(coded % count)]
        let units = Int64(clamping: coded / count)
        guard base != stream.timeBase else { return units }
        let time = (Double(units) * base.value / stream.timeBase.value).rounded(.down)
        guard let exact = Int64(exactly: time) else { throw Malformed() }
        return exact
    }

    private static func packet(_ source: ByteSource) throws -> (UInt64, [UInt8])? {
        guard let start = try source.bytes(8), let payload = try payload(source) else {
            return nil
        }
        return (start.reduce(0) { $0 << 8 | UInt64($1) }, payload)
    }

    /// The payload of a packet whose start code has been read.
    private static func payload(_ source: ByteSource) throws -> [UInt8]? {
        let size = Int(clamping: try source.number())
        guard (4..<1 << 24).contains(size) else { throw Malformed() }
        if size > 4096 { _ = try source.bytes(4) }
        return try source.bytes(size).map { Array($0.dropLast(4)) }
    }

    private static func stream(
        _ payload: [UInt8], _ main: MainHeader
    ) throws -> (Stream, UInt64) {
        var fields = Fields(payload)
        _ = try fields.number()  // Number of the stream.
        guard try fields.number() == 0 else { throw Malformed() }  // Its class: video.
        _ = try fields.bytes(Int(clamping: try fields.number()))  // Tag of the pixel format.
        let base = Int(clamping: try fields.number())
        let shift = try fields.number()
        for _ in 0..<3 { _ = try fields.number() }
        _ = try fields.bytes(Int(clamping: try fields.number()))
        let shape = try (0..<4).map { _ in Int(clamping: try fields.number()) }
        guard main.timeBases.indices.contains(base), shift < 32 else { throw Malformed() }
        let aspect = shape[2] > 0 && shape[3] > 0 ? Rational(shape[2], shape[3]) : nil
        let stream = Stream(
            width: shape[0], height: shape[1], pixelAspect: aspect,
            timeBase: main.timeBases[base])
        return (stream, shift)
    }
}
