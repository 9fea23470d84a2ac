#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Standard output, which carries results, and standard error, which carries everything else.
enum StandardStream: Int32 {
    case output = 1
    case error = 2

    /// Writes all of `bytes` at once, as far as the reader takes them.
    func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { systemWrite(rawValue, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    func write(_ text: String) { write(Array(text.utf8)) }
}

/// The C library's function, which the method of the same name hides.
private let systemWrite: @Sendable (Int32, UnsafeRawPointer?, Int) -> Int = { write($0, $1, $2) }
