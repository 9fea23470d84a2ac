internal import Autochrome
package import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// One of the sources given: a folder, an archive or a photograph.
package struct PrepareSource: Sendable, Equatable {
    /// Name in the data set, independent of its folder: its own name, with a number
    /// where two sources have the same.
    let name: [UInt8]

    /// The folder, the file, or the parts that make one file.
    let paths: [FilePath]

    let isFolder: Bool

    /// In bytes as stored; 0 for a folder.
    let size: Int

    /// Finds out what the paths on the command line are.
    ///
    /// An archive's parts may be given all, or the first alone.
    ///
    /// - Throws: `PrepareError` for what is not there, and for a later part without its first.
    package static func resolve(_ paths: [FilePath]) throws(PrepareError) -> [PrepareSource] {
        var sources: [PrepareSource] = []
        var (taken, preceded): (Set<FilePath>, Set<FilePath>) = ([], [])
        // First parts first, so that later ones given with them are not taken for sources.
        for path in paths where isFirstPart(path) {
            taken.formUnion(parts(from: path).dropFirst())
            preceded.formUnion(run(from: path).dropFirst())
        }
        var seen: [[UInt8]: Int] = [:]
        for path in paths where !taken.contains(path) {
            let source = try PrepareSource(path)
            if source.isLaterPart, !preceded.contains(path) { throw .partMissing(before: path) }
            seen[source.name, default: 0] += 1
            sources.append(source.numbered(seen[source.name] ?? 1))
        }
        return sources
    }

    private init(_ path: FilePath) throws(PrepareError) {
        let facts: FileFacts
        do {
            facts = try FileFacts(of: path)
        } catch {
            throw error == .noSuchFileOrDirectory
                ? .noSource(path) : .sourceUnreadable(path, reason: "\(error)")
        }
        let own = Self.ownName(path)
        guard facts.kind != .folder else {
            (name, paths, isFolder, size) = (own, [path], true, 0)
            return
        }
        guard facts.kind == .file else {
            throw .sourceUnreadable(path, reason: "it is neither a file nor a folder")
        }
        paths = Self.parts(from: path)
        name = paths.count > 1 ? ArchiveParts.split(own)?.whole ?? own : own
        isFolder = false
        size = paths.reduce(0) { $0 + ((try? FileFacts(of: $1).size) ?? 0) }
    }

    private init(name: [UInt8], like other: PrepareSource) {
        self.name = name
        (paths, isFolder, size) = (other.paths, other.isFolder, other.size)
    }

    private func numbered(_ number: Int) -> PrepareSource {
        number == 1 ? self : PrepareSource(name: name + Array(" (\(number))".utf8), like: self)
    }

    /// Whether this is an archive's part, not the first: it has such a name, and its content tells
    /// nothing.
    private var isLaterPart: Bool {
        guard !isFolder, let (whole, ending) = ArchiveParts.split(name),
            !ArchiveParts.isFirst(ending), whole.contains(UInt8(ascii: ".")),
            !ArchiveParts.isCompression(ending),
            let start = try? LooseFile(paths[0]).start(ArchiveSignature.length)
        else { return false }
        return !ArchiveSignature.matches(start) && ArchiveSignature.foreign(start) == nil
            && PhotoFormat(content: start) == nil
    }

    /// The path's last name; of the folder it stands for where that is `.` or `..`.
    private static func ownName(_ path: FilePath) -> [UInt8] {
        if let last = path.lastComponent, last.kind == .regular {
            return FilePath(root: nil, components: last).bytes
        }
        guard let real = path.withPlatformString({ realpath($0, nil) }) else { return path.bytes }
        defer { free(real) }
        let resolved = FilePath(platformString: real)
        return resolved.lastComponent.map { FilePath(root: nil, components: $0).bytes }
            ?? Array("root".utf8)
    }

    private static func isFirstPart(_ path: FilePath) -> Bool {
        guard let last = path.lastComponent,
            let (_, ending) = ArchiveParts.split(FilePath(root: nil, components: last).bytes)
        else { return false }
        return ArchiveParts.isFirst(ending)
    }

    /// The file, and the parts beside it where it is an archive's first.
    private static func parts(from path: FilePath) -> [FilePath] {
        let run = run(from: path)
        return run.count > 1 && LooseFile.isArchive(path) ? run : [path]
    }

    /// The file, and those beside it that are the parts after it by their names.
    private static func run(from path: FilePath) -> [FilePath] {
        guard let last = path.lastComponent.map({ FilePath(root: nil, components: $0).bytes }),
            let (whole, ending) = ArchiveParts.split(last)
        else { return [path] }
        let folder = path.removingLastComponent()
        func part(_ ending: [UInt8]) -> FilePath? {
            let name = whole + [UInt8(ascii: ".")] + ending
            let path = folder.isEmpty ? FilePath(bytes: name) : folder.appending(name: name)
            return FileFacts.kind(of: path) == .file ? path : nil
        }
        guard ArchiveParts.isFirst(ending) else { return [path] }
        var (paths, current) = ([path], ending)
        while let next = ArchiveParts.followers(of: current).first(where: { part($0) != nil }),
            let path = part(next)
        {
            paths.append(path)
            current = next
        }
        return paths
    }

    /// Number of bytes to read, including those below a folder.
    func bytesInAll(excluding excluded: FilePath) -> Int {
        guard isFolder else { return size }
        var (tree, sum) = (FolderTree(gatheringPartsExcluding: excluded), 0)
        tree.walk(paths[0]) { visit in
            if case .files(_, _, let size) = visit { sum += size }
        }
        return sum
    }
}
