extension NUTReader {
    /// What one of the 256 codes says of a frame.
    struct FrameCode {
        var flags: NUT.Flags = .invalid
        var timeStep: Int64 = 0
        var multiplier = 1
        var sizeLow = 0
        var headerIndex = 0
    }

    /// The file's header: time bases, frame codes, and beginnings that frames leave out.
    struct MainHeader {
        private(set) var timeBases: [Rational] = []
        private(set) var codes: [FrameCode] = []
        private(set) var elided: [[UInt8]] = [[]]

        init(_ payload: [UInt8]) throws {
            var fields = Fields(payload)
            let version = try fields.number()
            if version > 3 { _ = try fields.number() }
            _ = try fields.number()  // Count of streams.
            _ = try fields.number()  // Longest way between syncpoints.
            for _ in 0..<(try fields.number()) {
                let (numerator, denominator) = (try fields.number(), try fields.number())
                timeBases.append(Rational(Int(clamping: numerator), Int(clamping: denominator)))
            }
            try readCodes(&fields)
            for _ in 0..<(try fields.number()) {
                elided.append(try fields.bytes(Int(clamping: try fields.number())))
            }
        }

        /// The codes come in runs that share all but the low part of the size.
        private mutating func readCodes(_ fields: inout Fields) throws {
            var code = FrameCode()
            while codes.count < 256 {
                code.flags = NUT.Flags(rawValue: try fields.number())
                let count = Int(clamping: try fields.number())
                if count > 0 { code.timeStep = try fields.signed() }
                if count > 1 { code.multiplier = Int(clamping: try fields.number()) }
                if count > 2 { _ = try fields.number() }
                let low = count > 3 ? Int(clamping: try fields.number()) : 0
                if count > 4 { _ = try fields.number() }
                let run = count > 5 ? Int(clamping: try fields.number()) : code.multiplier - low
                if count > 6 { _ = try fields.signed() }
                if count > 7 { code.headerIndex = Int(clamping: try fields.number()) }
                if count > 8 { for _ in 8..<count { _ = try fields.number() } }
                guard (1...256).contains(run) else { throw Malformed() }
                append(code, run: run, low: low)
            }
        }

        private mutating func append(_ code: FrameCode, run: Int, low: Int) {
            var step = 0
            while step < run, codes.count < 256 {
                if codes.count == Int(UInt8(ascii: "N")) {
                    codes.append(FrameCode())
                    continue
                }
                var one = code
                one.sizeLow = low + step
                codes.append(one)
                step += 1
            }
            // The last code before 'N' may end a run.
            if codes.count == Int(UInt8(ascii: "N")) { codes.append(FrameCode()) }
        }
    }

    /// The fields of a packet, one after the other.
    struct Fields {
        private var rest: ArraySlice<UInt8>

        init(_ payload: [UInt8]) { rest = payload[...] }

        mutating func number() throws -> UInt64 {
            try NUT.number { rest.popFirst() }
        }

        /// 0, 1, -1, 2, -2, ...
        mutating func signed() throws -> Int64 {
            let value = Int64(truncatingIfNeeded: try number()) + 1
            return value & 1 == 1 ? -(value >> 1) : value >> 1
        }

        mutating func bytes(_ count: Int) throws -> [UInt8] {
            guard count <= rest.count else { throw Malformed() }
            defer { rest = rest.dropFirst(count) }
            return Array(rest.prefix(count))
        }
    }
}
