internal import Autochrome
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Makes one data set of what the processes have done, once all of them have.
struct DatasetAssembly {
    private let workspace: Workspace
    private let dataset: FilePath
    /// Sources as given, for messages.
    private let sources: [FilePath]

    init(_ workspace: Workspace, of sources: [FilePath]) {
        (self.workspace, dataset, self.sources) = (workspace, workspace.dataset, sources)
    }

    /// - Returns: the finished data set's description; nil where a process has not done its part.
    /// - Throws: `PrepareError`; what the processes have done is then left as it is. `.noFiles`
    ///   where there was nothing to do: then no data set is made, and no notes are kept.
    func assemble() throws(PrepareError) -> DatasetDescription? {
        let lock: FileLock
        do throws(PrepareError) {
            lock = try workspace.lock("lock", waits: true)
        } catch {
            // Another process was faster.
            if let done = try finished() { return done }
            throw error
        }
        if let done = try finished() { return done }
        let ranks = 0..<workspace.identity.processes
        guard ranks.allSatisfy({ Journal.hasEnd(workspace.journal(of: $0)) }) else { return nil }
        let survey = try DatasetSurvey(workspace)
        guard survey.counts.files > 0 || !survey.problems.isEmpty else {
            workspace.remove()
            lock.release()
            throw .noFiles(sources)
        }
        try write(survey)
        for file in survey.superfluousFiles { remove(dataset.appending(file)) }
        workspace.remove()
        lock.release()
        return try DatasetDescription.header(of: dataset)
    }

    /// Its folder goes, too, once it is empty: one process alone would not have made it.
    private func remove(_ file: FilePath) {
        _ = file.withPlatformString { unlink($0) }
        _ = file.removingLastComponent().withPlatformString { rmdir($0) }
    }

    /// Data set that another process completed, removing the journals; nil while they exist.
    private func finished() throws(PrepareError) -> DatasetDescription? {
        guard FileFacts.kind(of: workspace.folder) == nil else { return nil }
        guard let done = try DatasetDescription.header(of: dataset) else {
            throw .noFiles(sources)
        }
        return done
    }

    private func write(_ survey: DatasetSurvey) throws(PrepareError) {
        let path = dataset.appending("dataset.json")
        do {
            let part = try PartialFile(for: path)
            var writer = try DatasetWriter(part.path)
            try writer.begin(survey.header(for: workspace))
            try writePhotographs(survey, to: &writer)
            try writer.finish()
            // The photographs reach the disk before the description that lists them.
            sync()
            _ = try part.commit(replacing: true)
        } catch let error as PrepareError {
            throw error
        } catch {
            throw .cannotWrite(path, reason: PrepareError.reason(of: error))
        }
    }

    private func writePhotographs(
        _ survey: DatasetSurvey, to writer: inout DatasetWriter
    ) throws(PrepareError) {
        var packing = try ShardPacking(workspace)
        var journals = try MergedJournals(workspace)
        while let (member, rank) = try journals.next() {
            guard var kept = member.kept, !survey.repeated.contains(member.index) else { continue }
            kept.file = try packing?.pack(kept, index: member.index, from: rank) ?? kept.file
            try writer.write(kept)
        }
        try packing?.finish()
    }
}

/// Repacks the shards of several processes, in the order of the sources' files.
private struct ShardPacking {
    private let parts: [ShardStore]
    private var whole: ShardStore

    /// Nil where there is nothing to pack.
    init?(_ workspace: Workspace) throws(PrepareError) {
        let processes = workspace.identity.processes
        guard processes > 1, let shards = workspace.identity.settings.shards else { return nil }
        parts = (0..<processes).map {
            ShardStore(root: workspace.shardRoot(of: $0), limit: shards << 20)
        }
        whole = ShardStore(root: workspace.dataset, limit: shards << 20)
    }

    /// - Returns: where the photograph is now.
    mutating func pack(
        _ photograph: KeptPhotograph, index: Int, from rank: Int
    ) throws(PrepareError) -> String {
        let name = photograph.file.split(separator: "!").last ?? ""
        return try whole.put(
            parts[rank].bytes(of: photograph), index: index, name: String(name.dropLast(4))
        ).file
    }

    mutating func finish() throws(PrepareError) { try whole.finish() }
}
