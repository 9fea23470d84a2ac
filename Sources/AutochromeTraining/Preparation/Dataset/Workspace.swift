internal import Autochrome
internal import SystemPackage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif
#if canImport(Glibc)
    internal import Glibc
#endif

/// Where work on a data set is noted until it is done: the folder `.prepare` in it.
struct Workspace {
    /// Sources and settings at the start, which identify the same command.
    struct Identity: Codable, Equatable {
        let settings: PrepareSettings
        let sources: [DatasetDescription.Source]
        let processes: Int

        func differences(from other: Identity, countingProcesses: Bool) -> [String] {
            var list = settings.differences(from: other.settings)
            if sources != other.sources { list.append("other sources") }
            if countingProcesses, processes != other.processes {
                list.append("\(processes) processes instead of \(other.processes)")
            }
            return list
        }
    }

    let dataset: FilePath
    let folder: FilePath
    let identity: Identity

    init(dataset: FilePath, identity: Identity) {
        (self.dataset, self.identity) = (dataset, identity)
        folder = dataset.appending(".prepare")
    }

    func journal(of rank: Int) -> FilePath { folder.appending("journal-\(rank).jsonl") }

    /// Photo store of one process.
    func store(of rank: Int) -> any PhotoStore {
        guard let shards = identity.settings.shards else {
            return FolderStore(
                dataset: dataset, partial: folder.appending("part-\(rank).jpg"))
        }
        return ShardStore(root: shardRoot(of: rank), limit: shards << 20)
    }

    /// Where a process's shards go: their final place where there is only one process.
    func shardRoot(of rank: Int) -> FilePath {
        identity.processes == 1 ? dataset : folder.appending("shards-\(rank)")
    }

    /// Makes the folders, or takes up what is there.
    ///
    /// - Returns: the description of a data set that is done, by the same command; nil where
    ///   there is work to do.
    /// - Throws: `PrepareError` where the folder holds something else.
    func begin() throws(PrepareError) -> DatasetDescription? {
        try make(dataset)
        if let done = try DatasetDescription.header(of: dataset) {
            let before = Identity(
                settings: done.settings, sources: done.sources, processes: identity.processes)
            try check(before, countingProcesses: false)
            if FileFacts.kind(of: folder) == nil {
                clear()
                return done
            }
        } else if !isEmpty(dataset), FileFacts.kind(of: folder) == nil {
            // Asked for in this order, since another process may be making the folder just now.
            throw .notEmpty(dataset)
        }
        try make(folder)
        let lock = try lock("lock", waits: true)
        for rank in 0..<identity.processes where identity.settings.shards != nil {
            try make(shardRoot(of: rank))
        }
        try beginLocked()
        lock.release()
        return nil
    }

    /// Locks a file of the folder.
    ///
    /// - Throws: `PrepareError.busy` where another process holds the lock and is not waited for.
    func lock(_ name: String, waits: Bool) throws(PrepareError) -> FileLock {
        do throws(FileLockError) {
            return try FileLock(folder.appending(name), waits: waits)
        } catch {
            throw switch error {
            case .held: .busy(dataset)
            case .unwritable(let path, let reason): .cannotWrite(path, reason: reason)
            case .unsupported: .cannotLock(error)
            }
        }
    }

    /// Removes all notes, when the data set is done: at once, as far as others see.
    func remove() {
        try? folder.rename(to: cleared)
        clear()
    }

    private var cleared: FilePath { dataset.appending(".prepare-done") }

    private func clear() { try? FileManager.default.removeItem(atPath: cleared.string) }

    private func beginLocked() throws(PrepareError) {
        let path = folder.appending("begun.json")
        if let data = FileManager.default.contents(atPath: path.string) {
            guard let before = try? JSONDecoder().decode(Identity.self, from: data) else {
                throw .damagedJournal(path)
            }
            return try check(before, countingProcesses: true)
        }
        do {
            let file = try PartialFile(for: path)
            try [UInt8](JSONEncoder().encode(identity)).withUnsafeBytes { bytes in
                try file.write(bytes)
            }
            _ = try file.commit(replacing: true)
        } catch {
            throw .cannotWrite(path, reason: PrepareError.reason(of: error))
        }
    }

    private func check(_ before: Identity, countingProcesses: Bool) throws(PrepareError) {
        let differences = identity.differences(
            from: before, countingProcesses: countingProcesses)
        if !differences.isEmpty { throw .otherDataset(dataset, differences: differences) }
    }

    private func make(_ folder: FilePath) throws(PrepareError) {
        do throws(FileError) {
            try folder.makeFolders()
        } catch {
            throw .cannotWrite(error.path, reason: error.reason)
        }
    }

    private func isEmpty(_ path: FilePath) -> Bool {
        let names = try? FileManager.default.contentsOfDirectory(atPath: path.string)
        return names?.filter { $0 != "lost+found" }.isEmpty ?? true
    }
}

extension PrepareError {
    /// Cause of an error of a file operation, as a phrase.
    static func reason(of error: any Error) -> String {
        if let error = error as? FileError { return error.reason }
        if let error = error as? CocoaError, let cause = error.underlying as? POSIXError {
            return "\(Errno(rawValue: cause.code.rawValue))"
        }
        return "\(error)"
    }
}
