internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Visits the files below a folder in the order of their names' bytes, one folder's names in
/// memory at a time.
///
/// Hidden files and folders are left out. Links to folders are followed, but no folder is entered
/// twice, so a loop of links ends. The parts of an archive are one visit.
struct FolderTree {
    /// What is found on the way.
    enum Visit {
        /// A file, or the parts of one in their order.
        case files([FilePath], name: [UInt8], size: Int)
        /// A device, a pipe, a link to nothing.
        case other(name: [UInt8])
        case unreadable(name: [UInt8], reason: String)
    }

    private var entered: Set<[UInt64]> = []

    /// - Parameter excluded: a folder that is not entered: where the results go.
    init(excluding excluded: FilePath) {
        if let facts = try? FileFacts(of: excluded) {
            entered = [[facts.device, facts.number]]
        }
    }

    /// Visits all below `folder`; names are relative to it.
    mutating func walk<Failure: Error>(
        _ folder: FilePath, prefix: [UInt8] = [], _ visit: (Visit) throws(Failure) -> Void
    ) throws(Failure) {
        guard let facts = try? FileFacts(of: folder),
            entered.insert([facts.device, facts.number]).inserted
        else { return }
        let listed = Result { () throws(Errno) in try Self.names(in: folder) }
        guard case .success(let names) = listed else {
            if case .failure(let error) = listed {
                try visit(.unreadable(name: prefix, reason: "\(error)"))
            }
            return
        }
        var (taken, all) = (Set<[UInt8]>(), Set<[UInt8]>())
        if names.contains(where: { ArchiveParts.split($0) != nil }) { all = Set(names) }
        for name in names where !taken.contains(name) {
            let run = all.isEmpty ? [name] : ArchiveParts.run(from: name, in: all)
            taken.formUnion(run.dropFirst())
            try step(run, in: folder, prefix: prefix, visit)
        }
    }

    private mutating func step<Failure: Error>(
        _ run: [[UInt8]], in folder: FilePath, prefix: [UInt8],
        _ visit: (Visit) throws(Failure) -> Void
    ) throws(Failure) {
        let paths = run.map { folder.appending(name: $0) }
        let name = prefix + (prefix.isEmpty ? [] : [UInt8(ascii: "/")]) + run[0]
        guard let facts = try? FileFacts(of: paths[0]) else {
            return try visit(.other(name: name))
        }
        switch facts.kind {
        case .folder: try walk(paths[0], prefix: name, visit)
        case .file:
            let size = paths.reduce(0) { $0 + ((try? FileFacts(of: $1).size) ?? 0) }
            try visit(.files(paths, name: name, size: size))
        case .other: try visit(.other(name: name))
        }
    }

    /// The names in a folder, hidden ones left out, sorted by their bytes.
    private static func names(in folder: FilePath) throws(Errno) -> [[UInt8]] {
        guard let stream = folder.withPlatformString({ opendir($0) }) else {
            throw Errno(rawValue: errno)
        }
        defer { closedir(stream) }
        var names: [[UInt8]] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            if name.first != UInt8(ascii: ".") { names.append(name) }
        }
        return names.sorted { $0.lexicographicallyPrecedes($1) }
    }
}
