internal import Autochrome
internal import SystemPackage

/// Files that appear whole or not at all.
enum WholeFile {
    /// Writes beside the place, brings it to disk, then renames.
    static func write(_ bytes: [UInt8], to path: String) throws(TrainingError) {
        do {
            let part = try PartialFile(for: FilePath(path))
            let descriptor = try FileDescriptor.open(
                part.path, .writeOnly, options: [.truncate, .closeOnExec])
            _ = try descriptor.closeAfter { try descriptor.writeAll(bytes) }
            _ = try part.commit(replacing: true)
        } catch {
            throw .file(path: path, reason: "cannot be written: \(error)")
        }
    }
}
