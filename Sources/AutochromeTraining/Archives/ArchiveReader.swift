internal import CArchive
package import SystemPackage

/// Reads an archive member by member, in one pass: tar and zip, plain or in gzip,
/// Zstandard or xz.
///
/// The archive is a file, or several that are one when put together, or the current member of
/// another archive, which is then read through this one without being unpacked anywhere.
package final class ArchiveReader {
    private let handle: OpaquePointer
    private let outer: ArchiveReader?

    /// Number of open readers, in all threads.
    package static var liveCount: Int { Int(carchive_live_count()) }

    /// Maximum ratio of an archive's unpacked size, beyond the first GiB, to its size.
    package static var ratioLimit: Int { Int(carchive_ratio_limit()) }

    /// Opens files that are one archive of a kind when put together.
    ///
    /// - Throws: `ArchiveError.cannotBeOpened`.
    package init(files: [FilePath], _ kind: ArchiveKind) throws(ArchiveError) {
        var reason: UnsafeMutablePointer<CChar>?
        let names = files.map { $0.withPlatformString { strings in copy(strings) } }
        defer { for name in names { name.deallocate() } }
        let opened = names.map { UnsafePointer<CChar>?($0) }.withUnsafeBufferPointer {
            carchive_open_files($0.baseAddress, $0.count, kind.code, &reason)
        }
        guard let opened else {
            guard let reason else { throw .outOfMemory }
            defer { carchive_free(reason) }
            throw .cannotBeOpened(reason: String(cString: reason))
        }
        handle = opened
        outer = nil
    }

    /// Opens the current member of `outer`, which must not be used before this one is gone.
    ///
    /// - Throws: `ArchiveError.outOfMemory`.
    package init(
        currentMemberOf outer: ArchiveReader, _ kind: ArchiveKind
    ) throws(ArchiveError) {
        guard let opened = carchive_open_member(outer.handle, kind.code) else { throw .outOfMemory }
        handle = opened
        self.outer = outer
    }

    deinit { carchive_close(handle) }

    /// Goes to the next member; nil at the end.
    ///
    /// - Throws: `.ended` where nothing more can be read, at the first member where this is no
    ///   archive; `.memberDamaged` where the next call may go on; `.endUnmarked`,
    ///   `.compressedTwice`, `.unpacksTooMuch` or `.encrypted`.
    package func next() throws(ArchiveError) -> ArchiveMember? {
        var member = CArchiveMember()
        let status = carchive_next(handle, &member)
        guard status != CARCHIVE_END else { return nil }
        _ = try Self.checked(Int64(status))
        return ArchiveMember(
            name: bytes(of: member.name), kind: ArchiveMember.Kind(member.type),
            size: member.size < 0 ? nil : Int(member.size), offset: Int(member.offset),
            isEncrypted: member.is_encrypted != 0, isSparse: member.is_sparse != 0)
    }

    /// The current member's first bytes, at most `count` and 512; reading gives them once more.
    package func peek(_ count: Int) throws(ArchiveError) -> [UInt8] {
        var bytes: UnsafeRawPointer?
        let found = try Self.checked(carchive_peek(handle, &bytes, count))
        return [UInt8](UnsafeRawBufferPointer(start: bytes, count: found))
    }

    /// All of the current member's bytes.
    ///
    /// - Parameters:
    ///   - size: how many there should be, as the header tells.
    ///   - limit: how many there may be.
    /// - Throws: `.memberTooLarge` before anything is read where the header tells, else as soon
    ///   as it shows; `.memberDamaged` and `.ended` where the data are not whole.
    package func read(size: Int?, limit: Int) throws(ArchiveError) -> [UInt8] {
        guard size ?? 0 <= limit else { throw .memberTooLarge(limit: limit) }
        var result: [UInt8] = []
        var step = max(size ?? 0, 64 << 10)
        while true {
            let part = try readPart(step)
            guard !part.isEmpty else { return result }
            guard result.count + part.count <= limit else { throw .memberTooLarge(limit: limit) }
            result = result.isEmpty ? part : result + part
            step = max(64 << 10, result.count / 2)
        }
    }

    /// Number of bytes read of the files as stored.
    package var bytesTaken: Int { outer?.bytesTaken ?? Int(carchive_bytes_taken(handle)) }

    private func readPart(_ count: Int) throws(ArchiveError) -> [UInt8] {
        var status: Int64 = 0
        let part = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            var done = 0
            repeat {
                status = carchive_read(handle, buffer.baseAddress.map { $0 + done }, count - done)
                done += Int(max(status, 0))
            } while status > 0 && done < count
            initialized = done
        }
        if status < 0 { _ = try Self.checked(status) }
        return part
    }

    private static func checked(_ status: Int64) throws(ArchiveError) -> Int {
        switch status {
        case Int64(CARCHIVE_FAILED): throw .memberDamaged
        case Int64(CARCHIVE_NO_MEMORY): throw .outOfMemory
        case Int64(CARCHIVE_NO_END): throw .endUnmarked
        case Int64(CARCHIVE_NESTED): throw .compressedTwice
        case Int64(CARCHIVE_TOO_MUCH): throw .unpacksTooMuch
        case Int64(CARCHIVE_ENCRYPTED): throw .encrypted
        case ..<0: throw .ended
        default: return Int(status)
        }
    }
}

/// A C string's own bytes, whatever their encoding.
private func bytes(of string: UnsafePointer<CChar>?) -> [UInt8] {
    var result: [UInt8] = []
    guard var next = string else { return result }
    while next.pointee != 0 {
        result.append(UInt8(bitPattern: next.pointee))
        next += 1
    }
    return result
}

private func copy(_ string: UnsafePointer<CChar>) -> UnsafeMutablePointer<CChar> {
    let characters = bytes(of: string).map { CChar(bitPattern: $0) } + [0]
    let copy = UnsafeMutablePointer<CChar>.allocate(capacity: characters.count)
    copy.initialize(from: characters, count: characters.count)
    return copy
}

extension ArchiveMember.Kind {
    fileprivate init(_ type: CArchiveType) {
        switch type {
        case CARCHIVE_FILE: self = .file
        case CARCHIVE_FOLDER: self = .folder
        case CARCHIVE_LINK: self = .link
        default: self = .device
        }
    }
}

extension ArchiveKind {
    fileprivate var code: CArchiveKind {
        switch self {
        case .tar: CARCHIVE_TAR
        case .zip: CARCHIVE_ZIP
        case .gzip: CARCHIVE_GZIP
        case .zstd: CARCHIVE_ZSTD
        case .xz: CARCHIVE_XZ
        }
    }
}
