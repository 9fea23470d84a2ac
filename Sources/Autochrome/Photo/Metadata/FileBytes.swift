internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A file open for reading parts of it, and for adding to it.
package final class FileBytes {
    private let name: String
    private let file: UnsafeMutablePointer<FILE>
    /// In bytes.
    private(set) var count: Int

    init(of place: PhotoPath, forUpdating: Bool = false) throws(PhotoError) {
        let mode = forUpdating ? "r+b" : "rb"
        guard let file = place.path.withPlatformString({ fopen($0, mode) }) else {
            throw .unreadable(file: place.name, reason: FileSignature.reason(errno))
        }
        name = place.name
        self.file = file
        fseeko(file, 0, SEEK_END)
        count = Int(ftello(file))
    }

    deinit { fclose(file) }

    /// The bytes at `offset`, or nil where the file does not have them all.
    func read(at offset: Int, count wanted: Int) -> [UInt8]? {
        guard wanted >= 0, offset >= 0, offset <= count - wanted else { return nil }
        guard wanted > 0 else { return [] }
        var bytes = [UInt8](repeating: 0, count: wanted)
        guard fseeko(file, off_t(offset), SEEK_SET) == 0,
            fread(&bytes, 1, wanted, file) == wanted
        else { return nil }
        return bytes
    }

    /// Writes `bytes` over what is at `offset`, or past the end.
    func write(_ bytes: [UInt8], at offset: Int) throws(PhotoError) {
        guard fseeko(file, off_t(offset), SEEK_SET) == 0,
            fwrite(bytes, 1, bytes.count, file) == bytes.count, fflush(file) == 0
        else { throw .unwritable(file: name, reason: FileSignature.reason(errno)) }
        count = max(count, offset + bytes.count)
    }

    /// Why the operating system does not let a file be written, or grow; nil
    /// where it does. For a file that writing failed on and that goes: libvips'
    /// own texts share one buffer in the process, and some lack the reason.
    static func obstacle(toWriting path: FilePath) -> String? {
        let descriptor = path.withPlatformString { open($0, O_WRONLY | O_CREAT | O_APPEND, 0o666) }
        guard descriptor >= 0 else { return FileSignature.reason(errno) }
        defer { close(descriptor) }
        let block = [UInt8](repeating: 0, count: 1 << 16)
        do {
            try FileDescriptor(rawValue: descriptor).writeAll(block)
            return nil
        } catch {
            return FileSignature.reason((error as? Errno)?.rawValue ?? ENOSPC)
        }
    }

    /// Puts `bytes` in at `offset` of a file, which stays the same
    /// file: what follows moves on. A failure leaves it neither old nor new.
    ///
    /// - Complexity: O(what follows); 1 MB of memory.
    package static func insert(
        _ bytes: [UInt8], at offset: Int, into place: PhotoPath
    ) throws(PhotoError) {
        let file = try FileBytes(of: place, forUpdating: true)
        try file.moveTail(from: offset, by: bytes.count)
        try file.write(bytes, at: offset)
    }

    /// Its last part goes first, so that nothing is written over before it was read.
    private func moveTail(from offset: Int, by distance: Int) throws(PhotoError) {
        var end = count
        while end > offset {
            let start = max(offset, end - (1 << 20))
            guard let bytes = read(at: start, count: end - start) else {
                throw .unreadable(file: name, reason: FileSignature.reason(errno))
            }
            try write(bytes, at: start + distance)
            end = start
        }
    }
}
