internal import Autochrome
internal import SystemPackage

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

    private var entered: Set<FileIdentity> = []

    /// - Parameter excluded: a folder that is not entered: where the results go.
    init(excluding excluded: FilePath) {
        if let facts = try? FileFacts(of: excluded) { entered = [facts.identity] }
    }

    /// Visits all below `folder`; names are relative to it.
    mutating func walk<Failure: Error>(
        _ folder: FilePath, prefix: [UInt8] = [], _ visit: (Visit) throws(Failure) -> Void
    ) throws(Failure) {
        guard let facts = try? FileFacts(of: folder),
            entered.insert(facts.identity).inserted
        else { return }
        let names: [[UInt8]]
        switch Result(catching: { () throws(Errno) in try folder.names() }) {
        case .success(let all): names = all.filter { $0.first != UInt8(ascii: ".") }
        case .failure(let error):
            return try visit(.unreadable(name: prefix, reason: "\(error)"))
        }
        var (taken, all) = (Set<[UInt8]>(), Set<[UInt8]>())
        if names.contains(where: { ArchiveParts.split($0) != nil }) { all = Set(names) }
        for name in names where !taken.contains(name) {
            let run = all.isEmpty ? [name] : parts(from: name, of: all, in: folder)
            taken.formUnion(run.dropFirst())
            try step(run, in: folder, prefix: prefix, visit)
        }
    }

    /// The parts of the archive that begins with `name`; that alone where it begins none.
    private func parts(
        from name: [UInt8], of names: Set<[UInt8]>, in folder: FilePath
    ) -> [[UInt8]] {
        let run = ArchiveParts.run(from: name, in: names)
        // Photographs and folders have such names, too.
        let isArchive = run.count > 1 && LooseFile.isArchive(folder.appending(name: name))
        return isArchive ? run : [name]
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
}
