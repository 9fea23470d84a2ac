internal import Autochrome
internal import SystemPackage

/// Reads all files of the sources in one pass, in an order that is always the same: sources as
/// given, folders by their names' bytes, archives as they are stored.
///
/// Nested archives are read through the outer one. Names never become
/// paths, and of links and devices only the name is looked at.
struct SourceReader {
    /// Filter for the sources' files.
    struct Selection {
        let settings: PrepareSettings

        /// Whether the file at an index is read or passed over.
        let isWanted: (_ index: Int, _ source: SourceName) throws(PrepareError) -> Bool

        /// Takes what was read, with how many bytes of the sources are behind it; nothing more is
        /// read after false.
        let take: (SourceEvent, _ bytesTaken: Int) -> Bool
    }

    /// The most bytes of a photograph's file that are taken into memory.
    static let largestMember = 128 << 20

    /// Maximum nesting depth of archives.
    static let deepest = 8

    /// There is nothing more to read for this selection.
    private struct Stopped: Error {}

    private let selection: Selection
    private let excluded: FilePath
    private var index = 0
    private var bytesBefore = 0
    private var bytesTaken = 0

    /// Whether the current file unpacks to too much, which is reported once.
    private var isSwollen = false

    /// - Parameter excluded: a folder that is passed over: where the results go.
    init(_ selection: Selection, excluding excluded: FilePath) {
        (self.selection, self.excluded) = (selection, excluded)
    }

    /// Reads the sources to their end, to the limit, or until `take` has enough.
    ///
    /// - Returns: how many files there were.
    /// - Throws: what `isWanted` throws.
    mutating func read(_ sources: [PrepareSource]) throws(PrepareError) -> Int {
        do {
            for source in sources {
                let name = SourceName(source.name)
                if source.isFolder {
                    try readFolder(source.paths[0], name)
                } else {
                    try readFile(source.paths, name, size: source.size, isNamed: true)
                }
            }
        } catch let error as PrepareError {
            throw error
        } catch {
            // `Stopped`: all other errors are dealt with where the file is known.
        }
        return index
    }

    private mutating func readFolder(_ path: FilePath, _ name: SourceName) throws {
        var tree = FolderTree(gatheringPartsExcluding: excluded)
        try tree.walk(path) { (visit) throws(any Error) in
            switch visit {
            case .files(let paths, let file, let size):
                try readFile(paths, name.file(file), size: size, isNamed: false)
            case .other(_, let file), .unreachable(_, let file, _):
                _ = try readLeaf(name.file(file), of: nil) { .dropped(.notAFile) }
            case .unreadable(_, let file, let reason):
                try tell(
                    file.isEmpty ? name : name.file(file), "the folder cannot be read: \(reason)")
            }
        }
    }

    /// - Parameter isNamed: whether the file was itself given as a source, so that it is told
    ///   when there is nothing in it.
    private mutating func readFile(
        _ paths: [FilePath], _ name: SourceName, size: Int, isNamed: Bool
    ) throws {
        defer { bytesBefore += size }
        bytesTaken = bytesBefore
        isSwollen = false
        do {
            let file = try LooseFile(paths[0])
            let start = try file.start(ArchiveSignature.length)
            if let kind = ArchiveSignature.kind(of: start) {
                // A later part that cannot be opened, or an end before anything was unpacked.
                let archive = try ArchiveReader(files: paths, kind)
                if try readArchive(archive, name, depth: 1) { return }
                try tell(name, "neither a whole archive nor a photograph")
            } else if isNamed, !isPhoto(start) {
                try tell(name, Self.message(onOther: start))
            }
            _ = try readLeaf(name, of: nil) { [self] in
                isPhoto(start)
                    ? .bytes(try file.read(limit: Self.largestMember)) : .dropped(.notAPhoto)
            }
        } catch let error as Errno {
            try readUnreadable(name, "cannot be read: \(error)")
        } catch let error as ArchiveError {
            try readUnreadable(name, "\(error)")
        }
    }

    /// Message for a file that is neither a supported archive nor a photograph.
    private static func message(onOther start: [UInt8]) -> String {
        guard let foreign = ArchiveSignature.foreign(start) else {
            return "neither an archive nor a photograph"
        }
        return "packed by \(foreign), which is not supported; tar and zip are, plain or in gzip, "
            + "Zstandard or xz. Unpack it first"
    }

    private mutating func readUnreadable(_ name: SourceName, _ text: String) throws {
        try tell(name, text)
        _ = try readLeaf(name, of: nil) { .dropped(.unreadable) }
    }

    /// - Returns: whether it is an archive.
    private mutating func readArchive(
        _ archive: ArchiveReader, _ name: SourceName, depth: Int
    ) throws -> Bool {
        var (last, sparse): (SourceName?, SourceName?)
        var failures = 0
        while true {
            let next = Result { () throws(ArchiveError) in try archive.next() }
            switch next {
            case .success(nil): return true
            case .success(let member?):
                let source = name.member(member.name)
                guard try readMember(member, source, of: archive, name, depth: depth) else {
                    return true
                }
                last = source
                if member.isSparse { sparse = source }
            case .failure(.memberDamaged) where failures < 100:
                // One member's header is wrong; libarchive may go on saying so for ever.
                failures += 1
            case .failure(.unpacksTooMuch):
                try tellSwollen(name)
                return true
            case .failure(let error) where error == .compressedTwice || error == .encrypted:
                try tell(name, "\(error)")
                return last != nil || failures > 0
            case .failure(let error):
                guard last != nil || failures > 0 else { return false }
                try tell(name, Self.message(on: error, after: last, sparse))
                return true
            }
        }
    }

    /// - Parameter sparse: the last file before of which the holes are not stored: older libarchive
    ///   loses its place behind some.
    private static func message(
        on error: ArchiveError, after last: SourceName?, _ sparse: SourceName?
    ) -> String {
        let place = last.map { "after \($0.text)" } ?? "before its first file"
        if error == .endUnmarked {
            return "ends \(place) without the end marker of a tar; if it was longer, the rest "
                + "is missing"
        }
        if let sparse {
            return "cannot be read beyond \(sparse.text), a sparse file; "
                + "the files before are kept. Unpack it with GNU tar and give the folder"
        }
        return "truncated or damaged \(place); the files before are kept"
    }

    private mutating func tellSwollen(_ name: SourceName) throws {
        if !isSwollen { try tell(name, "\(ArchiveError.unpacksTooMuch)") }
        isSwollen = true
    }

    /// - Returns: whether the archive can be read beyond it.
    private mutating func readMember(
        _ member: ArchiveMember, _ source: SourceName, of archive: ArchiveReader,
        _ name: SourceName, depth: Int
    ) throws -> Bool {
        bytesTaken = bytesBefore + archive.bytesTaken
        switch member.kind {
        case .folder: return true
        case .link, .device: return try readLeaf(source, of: name) { .dropped(.notAFile) }
        case .file: break
        }
        if member.isEncrypted { return try readLeaf(source, of: name) { .dropped(.encrypted) } }
        let start: [UInt8]
        do throws(ArchiveError) {
            start = try archive.peek(ArchiveSignature.length)
        } catch {
            return try readLeaf(source, of: name) { throw error }
        }
        if depth < Self.deepest, let kind = ArchiveSignature.kind(of: start) {
            let inner = try ArchiveReader(currentMemberOf: archive, kind)
            if try readArchive(inner, source, depth: depth + 1) { return true }
        }
        return try readLeaf(source, of: name) { [self] in
            guard isPhoto(start) else { return .dropped(.notAPhoto) }
            return .bytes(try archive.read(size: member.size, limit: Self.largestMember))
        }
    }

    /// Hands out one file, if it is wanted.
    ///
    /// - Returns: whether the archive can be read beyond it.
    private mutating func readLeaf(
        _ source: SourceName, of archive: SourceName?,
        _ load: () throws -> SourceMember.Content
    ) throws -> Bool {
        if let limit = selection.settings.limit, index >= limit { throw Stopped() }
        defer { index += 1 }
        guard try selection.isWanted(index, source) else { return true }
        var (content, continues) = (SourceMember.Content.dropped(.damaged), true)
        do {
            content = try load()
        } catch ArchiveError.memberTooLarge {
            content = .dropped(.tooLarge)
        } catch ArchiveError.unpacksTooMuch {
            try tellSwollen(archive ?? source)
            continues = false
        } catch ArchiveError.ended {
            // Told before the file itself is handed out, so that whoever knows of the file knows
            // of this.
            try tell(
                archive ?? source,
                "truncated or damaged in \(source.text); the files before are kept")
            continues = false
        } catch ArchiveError.memberDamaged {
        } catch let error as Errno {
            try tell(source, "cannot be read: \(error)")
            content = .dropped(.unreadable)
        }
        let member = SourceMember(index: index, source: source, content: content)
        guard selection.take(.member(member), bytesTaken) else { throw Stopped() }
        return continues
    }

    private func tell(_ source: SourceName, _ text: String) throws {
        let problem = SourceProblem(at: index, source: source.text, text: text)
        guard selection.take(.problem(problem), bytesTaken) else { throw Stopped() }
    }

    private func isPhoto(_ start: [UInt8]) -> Bool {
        let format = PhotoFormat(content: start)
        return selection.settings.anyFormat ? format != nil : format == .jpeg
    }
}
