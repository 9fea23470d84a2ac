internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// A file a photograph: `photos/<two hex digits>/<name>.jpg`.
struct FolderStore: PhotoStore {
    private let dataset: FilePath
    /// Where a file grows before it gets its name.
    private let partial: FilePath
    private var made: Set<Int> = []

    init(dataset: FilePath, partial: FilePath) {
        (self.dataset, self.partial) = (dataset, partial)
    }

    mutating func put(
        _ jpeg: [UInt8], index: Int, name: String
    ) throws(PrepareError) -> (file: String, offset: Int?) {
        let number = index % 256
        let digits = String(number, radix: 16)
        let folder = "photos/" + (digits.count == 1 ? "0" : "") + digits
        let file = "\(folder)/\(name).jpg"
        let destination = dataset.appending(file)
        do throws(Errno) {
            if made.insert(number).inserted { try Self.makeFolders(dataset, folder) }
            try Self.write(jpeg, to: partial)
            try Self.rename(partial, to: destination)
        } catch {
            throw .cannotWrite(destination, reason: "\(error)")
        }
        return (file, nil)
    }

    func holds(_ photograph: KeptPhotograph) -> Bool {
        (try? FileFacts(of: dataset.appending(photograph.file)).size) == photograph.bytes
    }

    mutating func reopen(after last: KeptPhotograph?) throws(PrepareError) {}

    mutating func finish() throws(PrepareError) {
        _ = partial.withPlatformString { unlink($0) }
    }

    private static func makeFolders(_ dataset: FilePath, _ folder: String) throws(Errno) {
        for path in [dataset.appending("photos"), dataset.appending(folder)] {
            let status = path.withPlatformString { mkdir($0, 0o777) }
            guard status == 0 || errno == EEXIST else { throw Errno(rawValue: errno) }
        }
    }

    private static func write(_ bytes: [UInt8], to path: FilePath) throws(Errno) {
        do {
            let descriptor = try FileDescriptor.open(
                path, .writeOnly, options: [.create, .truncate, .closeOnExec],
                permissions: [.ownerReadWrite, .groupRead, .otherRead])
            _ = try descriptor.closeAfter {
                try bytes.withUnsafeBytes { try descriptor.writeAll($0) }
            }
        } catch {
            throw error as? Errno ?? .ioError
        }
    }

    private static func rename(_ from: FilePath, to: FilePath) throws(Errno) {
        let status = from.withPlatformString { old in
            to.withPlatformString { new in systemRename(old, new) }
        }
        if status != 0 { throw Errno(rawValue: errno) }
    }
}

/// The C library's function, which methods of the same name hide.
let systemRename: @Sendable (UnsafePointer<CChar>, UnsafePointer<CChar>) -> Int32 = {
    rename($0, $1)
}
