package import SystemPackage

/// Visits the files below a folder in the order of their names' bytes, one folder's names in
/// memory at a time.
///
/// Hidden files and folders are left out. Links to folders are followed, but no folder is entered
/// twice, so a loop of links ends.
package struct FolderTree {
    /// Item of a walk: its path, and its name relative to the starting folder.
    package enum Visit {
        /// A file, or the parts of one in their order, with their bytes together.
        case files([FilePath], name: [UInt8], size: Int)

        /// A device, a pipe or a socket.
        case other(FilePath, name: [UInt8])

        /// Listed item that cannot be accessed, such as a broken link.
        case unreachable(FilePath, name: [UInt8], reason: Errno)

        /// A folder that cannot be read.
        case unreadable(FilePath, name: [UInt8], reason: Errno)
    }

    /// Takes a folder's names apart into visits.
    package typealias Grouping = @Sendable (_ names: [[UInt8]], _ folder: FilePath) -> [[[UInt8]]]

    private var entered: Set<FileIdentity>
    private let groups: Grouping

    /// - Parameters:
    ///   - excluded: folders that are not entered, as where the results go.
    ///   - groups: the names of a folder, each group a visit, all in order; each alone where
    ///     nothing else is said.
    package init(
        excluding excluded: Set<FileIdentity>,
        groups: @escaping Grouping = { names, _ in names.map { [$0] } }
    ) {
        (entered, self.groups) = (excluded, groups)
    }

    /// Visits all below `folder`.
    ///
    /// - Parameters:
    ///   - folder: where to begin.
    ///   - prefix: its own name, which those below it begin with.
    ///   - visit: called for each find.
    package mutating func walk<Failure: Error>(
        _ folder: FilePath, prefix: [UInt8] = [], _ visit: (Visit) throws(Failure) -> Void
    ) throws(Failure) {
        guard let facts = try? FileFacts(of: folder), entered.insert(facts.identity).inserted
        else { return }
        let names: [[UInt8]]
        switch Result(catching: { () throws(Errno) in try folder.names() }) {
        case .success(let all): names = all.filter { $0.first != UInt8(ascii: ".") }
        case .failure(let reason):
            return try visit(.unreadable(folder, name: prefix, reason: reason))
        }
        for group in groups(names, folder) where !group.isEmpty {
            try step(group, in: folder, prefix: prefix, visit)
        }
    }

    private mutating func step<Failure: Error>(
        _ group: [[UInt8]], in folder: FilePath, prefix: [UInt8],
        _ visit: (Visit) throws(Failure) -> Void
    ) throws(Failure) {
        let paths = group.map { folder.appending(name: $0) }
        let name = prefix + (prefix.isEmpty ? [] : [UInt8(ascii: "/")]) + group[0]
        let facts: FileFacts
        switch Result(catching: { () throws(Errno) in try FileFacts(of: paths[0]) }) {
        case .success(let found): facts = found
        case .failure(let reason):
            return try visit(.unreachable(paths[0], name: name, reason: reason))
        }
        switch facts.kind {
        case .folder: try walk(paths[0], prefix: name, visit)
        case .file:
            let rest = paths.dropFirst().compactMap { try? FileFacts(of: $0).size }
            try visit(.files(paths, name: name, size: rest.reduce(facts.size, +)))
        case .other: try visit(.other(paths[0], name: name))
        }
    }
}
