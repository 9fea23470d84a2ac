internal import Autochrome
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
        let file = "photos/\(number.padded(2, radix: 16))/\(name).jpg"
        let destination = dataset.appending(file)
        do {
            if made.insert(number).inserted {
                try destination.removingLastComponent().makeFolders()
            }
            try Self.write(jpeg, to: partial)
            try partial.rename(to: destination)
        } catch {
            throw .cannotWrite(destination, reason: PrepareError.reason(of: error))
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

    private static func write(_ bytes: [UInt8], to path: FilePath) throws {
        let descriptor = try FileDescriptor.open(
            path, .writeOnly, options: [.create, .truncate, .closeOnExec],
            permissions: [.ownerReadWrite, .groupRead, .otherRead])
        _ = try descriptor.closeAfter { try descriptor.writeAll(bytes) }
    }
}
