#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif
#if canImport(Glibc)
    internal import Glibc
#endif

/// A file being written that appears at its path whole, when it is committed, or never.
final class AtomicFile {
    private let path: String
    private let partial: String
    private var descriptor: Int32

    /// Begins a file beside `path`.
    init(_ path: String) throws(SystemError) {
        self.path = path
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        let name = path.dropFirst(folder.count)
        partial = "\(folder).\(name).\(getpid()).partial"
        descriptor = open(partial, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        if descriptor < 0 { throw .last }
    }

    deinit {
        guard descriptor >= 0 else { return }
        close(descriptor)
        unlink(partial)
    }

    /// Appends bytes.
    func write(_ data: Data) throws(SystemError) {
        let descriptor = descriptor
        let written = data.withUnsafeBytes { bytes in
            Result { () throws(SystemError) in
                var rest = bytes[...]
                while !rest.isEmpty {
                    let count = Self.write(descriptor, UnsafeRawBufferPointer(rebasing: rest))
                    if count < 0 { throw .last }
                    rest = rest.dropFirst(count)
                }
            }
        }
        try written.get()
    }

    /// Brings the bytes to disk and the file to its path.
    func commit() throws(SystemError) {
        guard fsync(descriptor) == 0, rename(partial, path) == 0 else { throw .last }
        close(descriptor)
        descriptor = -1
    }

    private static func write(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
        #if canImport(Glibc)
            Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #else
            Foundation.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
    }
}
