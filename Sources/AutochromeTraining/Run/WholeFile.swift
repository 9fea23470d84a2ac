internal import Autochrome
internal import SystemPackage

/// Files that appear whole or not at all.
package enum WholeFile {
    /// Writes beside the place, brings it to disk, then renames.
    package static func write(_ bytes: [UInt8], to path: String) throws(TrainingError) {
        do {
            let part = try PartialFile(for: FilePath(path))
            try bytes.withUnsafeBytes { try part.write($0) }
            _ = try part.commit(replacing: true)
        } catch {
            throw .file(path: path, reason: "cannot be written: \(error)")
        }
    }
}
