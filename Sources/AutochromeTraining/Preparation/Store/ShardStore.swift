internal import Autochrome
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Tar archives of about the same size, `shards/000000.tar` and on, as WebDataset reads them.
///
/// A shard grows under a hidden name and gets its own when it is full. It is as large as asked
/// for at most, unless a single photograph is larger.
struct ShardStore: PhotoStore {
    private let root: FilePath
    private let limit: Int
    private var number = 0
    private var size = 0
    private var descriptor: FileDescriptor?

    /// - Parameters:
    ///   - root: the folder that `shards` is made in.
    ///   - limit: the bytes of a shard.
    init(root: FilePath, limit: Int) { (self.root, self.limit) = (root, limit) }

    mutating func put(
        _ jpeg: [UInt8], index: Int, name: String
    ) throws(PrepareError) -> (file: String, offset: Int?) {
        let padding = TarHeader.padding(after: jpeg.count)
        let needed = TarHeader.blockSize + jpeg.count + padding
        if size > 0, size + needed + TarHeader.end.count > limit {
            try close()
            number += 1
        }
        if descriptor == nil { try open(keeping: 0) }
        let offset = size + TarHeader.blockSize
        try write(
            TarHeader.bytes(name: "\(name).jpg", size: jpeg.count) + jpeg
                + [UInt8](repeating: 0, count: padding))
        size += needed
        return ("shards/\(Self.name(number))!\(name).jpg", offset)
    }

    func holds(_ photograph: KeptPhotograph) -> Bool {
        guard let number = Self.number(of: photograph), let offset = photograph.offset else {
            return false
        }
        let sizes = [path(number), partial(number)].map { (try? FileFacts(of: $0).size) ?? 0 }
        return sizes.contains { $0 >= offset + photograph.bytes }
    }

    mutating func reopen(after last: KeptPhotograph?) throws(PrepareError) {
        guard let last, let number = Self.number(of: last), let offset = last.offset else { return }
        self.number = number
        // Killed between giving a full shard its name and beginning the next one.
        try? path(number).rename(to: partial(number))
        try open(keeping: offset + last.bytes + TarHeader.padding(after: last.bytes))
        _ = partial(number + 1).withPlatformString { unlink($0) }
    }

    mutating func finish() throws(PrepareError) {
        if descriptor != nil { try close() }
    }

    /// The bytes of a photograph that was put.
    ///
    /// - Throws: `PrepareError.shardCutShort` where they are not all there.
    func bytes(of photograph: KeptPhotograph) throws(PrepareError) -> [UInt8] {
        let path = path(Self.number(of: photograph) ?? 0)
        let bytes: [UInt8]
        do {
            let file = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
            bytes = try file.closeAfter {
                try file.bytes(at: photograph.offset ?? 0, count: photograph.bytes)
            }
        } catch {
            throw .sourceUnreadable(path, reason: "\(error)")
        }
        guard bytes.count == photograph.bytes else {
            throw .shardCutShort(
                path, photograph: photograph.source, expected: photograph.bytes,
                found: bytes.count)
        }
        return bytes
    }

    private mutating func open(keeping length: Int) throws(PrepareError) {
        let path = partial(number)
        do {
            try root.appending("shards").makeFolders()
            let file = try FileDescriptor.open(
                path, .writeOnly, options: [.create, .closeOnExec],
                permissions: [.ownerReadWrite, .groupRead, .otherRead])
            try file.resize(to: Int64(length))
            try file.seek(offset: Int64(length), from: .start)
            (descriptor, size) = (file, length)
        } catch {
            throw .cannotWrite(path, reason: PrepareError.reason(of: error))
        }
    }

    private mutating func close() throws(PrepareError) {
        try write(TarHeader.end)
        do {
            try descriptor?.close()
            descriptor = nil
            size = 0
            try partial(number).rename(to: path(number))
        } catch {
            throw .cannotWrite(path(number), reason: "\(error)")
        }
    }

    private func write(_ bytes: [UInt8]) throws(PrepareError) {
        do {
            _ = try descriptor?.writeAll(bytes)
        } catch {
            throw .cannotWrite(partial(number), reason: "\(error)")
        }
    }

    private func path(_ number: Int) -> FilePath {
        root.appending("shards").appending(Self.name(number))
    }

    private func partial(_ number: Int) -> FilePath {
        root.appending("shards").appending(".\(Self.name(number)).part")
    }

    private static func name(_ number: Int) -> String { number.padded(6) + ".tar" }

    private static func number(of photograph: KeptPhotograph) -> Int? {
        guard let slash = photograph.file.firstIndex(of: "/") else { return nil }
        return Int(photograph.file[slash...].dropFirst().prefix { $0 != "." })
    }
}
