internal import Autochrome
internal import SystemPackage

/// Files that appear whole or not at all.
package enum WholeFile {
    /// Writes beside the place, brings it to disk, then renames.
    package static func write(_ bytes: [UInt8], to path: String) throws(TrainingError) {
        do throws(FileError) {
            try PartialFile.replace(FilePath(path), with: bytes)
        } catch {
            throw .file(path: path, reason: "cannot be written: \(error)")
        }
    }
}
