internal import Foundation
internal import SystemPackage

/// A file open for reading parts of it, and for adding to it.
final class FileBytes {
    private let path: FilePath
    private let file: UnsafeMutablePointer<FILE>
    /// In bytes.
    private(set) var count: Int

    init(path: FilePath, forUpdating: Bool = false) throws(PhotoError) {
        guard let file = path.withPlatformString({ fopen($0, forUpdating ? "r+b" : "rb") }) else {
            throw .unreadable(file: path.string, reason: FileSignature.reason(errno))
        }
        self.path = path
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
        else { throw .unwritable(file: path.string, reason: FileSignature.reason(errno)) }
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
        let written = Foundation.write(descriptor, block, block.count)
        return written == block.count
            ? nil : FileSignature.reason(written < 0 ? errno : ENOSPC)
    }

    /// Puts `bytes` in at `offset` of the file at `path`, by way of a file
    /// beside it, since a file cannot grow in its middle. A failure leaves the
    /// file as it was.
    static func insert(
        _ bytes: [UInt8], at offset: Int, into path: FilePath
    ) throws(PhotoError) {
        let beside = path.beside
        do throws(PhotoError) {
            try copy(path, to: beside, inserting: bytes, at: offset)
        } catch {
            _ = beside.withPlatformString { unlink($0) }
            throw error
        }
        let renamed = beside.withPlatformString { old in
            path.withPlatformString { rename(old, $0) }
        }
        guard renamed == 0 else {
            _ = beside.withPlatformString { unlink($0) }
            throw .unwritable(file: path.string, reason: FileSignature.reason(errno))
        }
    }

    private static func copy(
        _ path: FilePath, to beside: FilePath, inserting bytes: [UInt8], at offset: Int
    ) throws(PhotoError) {
        let source = try FileBytes(path: path)
        guard let target = beside.withPlatformString({ fopen($0, "wb") }) else {
            throw .unwritable(file: path.string, reason: FileSignature.reason(errno))
        }
        var succeeds = source.copy(0..<offset, to: target)
        succeeds = succeeds && fwrite(bytes, 1, bytes.count, target) == bytes.count
        succeeds = succeeds && source.copy(offset..<source.count, to: target)
        // The last of it may be written, and fail, only now.
        let closes = fclose(target) == 0
        guard succeeds, closes else {
            throw .unwritable(file: path.string, reason: FileSignature.reason(errno))
        }
    }

    private func copy(_ range: Range<Int>, to target: UnsafeMutablePointer<FILE>) -> Bool {
        for start in stride(from: range.lowerBound, to: range.upperBound, by: 1 << 20) {
            let part = min(1 << 20, range.upperBound - start)
            guard let bytes = read(at: start, count: part),
                fwrite(bytes, 1, part, target) == part
            else { return false }
        }
        return true
    }
}
