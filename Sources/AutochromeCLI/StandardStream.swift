import Autochrome
import Synchronization
import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Standard output, which carries results, and standard error, which carries everything else.
enum StandardStream: Int32 {
    case output = 1
    case error = 2

    /// Why standard output did not take all that was written to it, if so.
    static var outputLoss: Errno? { lostOutput.withLock { $0 } }

    private static let lostOutput = Mutex<Errno?>(nil)

    /// Writes all of `bytes` at once, as far as the reader takes them.
    func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { systemWrite(rawValue, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return lose(Errno(rawValue: errno)) }
            rest = rest.dropFirst(count)
        }
    }

    func write(_ text: String) { write(Array(text.utf8)) }

    /// Writes a sentence and a line break. Names in it cannot command the terminal.
    func tell(_ sentence: String) { write(sentence.printable + "\n") }

    /// Writes a path and a line break: its own bytes, for programs, and what is printable of them
    /// to a terminal.
    func name(_ path: FilePath) {
        guard isatty(rawValue) == 1 else { return write(path.bytes + [UInt8(ascii: "\n")]) }
        tell(path.string)
    }

    private func lose(_ reason: Errno) {
        if self == .output { Self.lostOutput.withLock { $0 = $0 ?? reason } }
    }
}

/// The C library's function, which the method of the same name hides.
private let systemWrite: @Sendable (Int32, UnsafeRawPointer?, Int) -> Int = { write($0, $1, $2) }
