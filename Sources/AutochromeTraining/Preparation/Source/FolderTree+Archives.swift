internal import Autochrome
internal import SystemPackage

extension FolderTree {
    /// Visits the parts of an archive at once.
    ///
    /// - Parameter excluded: a folder that is not entered: where the results go.
    init(gatheringPartsExcluding excluded: FilePath) {
        let identity = (try? FileFacts(of: excluded))?.identity
        self.init(excluding: Set([identity].compactMap { $0 }), groups: Self.runs)
    }

    private static func runs(_ names: [[UInt8]], in folder: FilePath) -> [[[UInt8]]] {
        guard names.contains(where: { ArchiveParts.split($0) != nil }) else {
            return names.map { [$0] }
        }
        var (runs, taken) = ([[[UInt8]]](), Set<[UInt8]>())
        let all = Set(names)
        for name in names where !taken.contains(name) {
            let run = parts(from: name, of: all, in: folder)
            taken.formUnion(run.dropFirst())
            runs.append(run)
        }
        return runs
    }

    /// The parts of the archive that begins with `name`; that alone where it begins none.
    private static func parts(
        from name: [UInt8], of names: Set<[UInt8]>, in folder: FilePath
    ) -> [[UInt8]] {
        let run = ArchiveParts.run(from: name, in: names)
        // Photographs and folders have such names, too.
        let isArchive = run.count > 1 && LooseFile.isArchive(folder.appending(name: name))
        return isArchive ? run : [name]
    }
}
