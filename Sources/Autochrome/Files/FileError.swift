package import SystemPackage

/// A file or folder that cannot be used as it should.
package struct FileError: Error, CustomStringConvertible {
    /// The file or folder.
    package let path: FilePath

    /// Cause, and a remedy where that is not obvious.
    package let reason: String

    /// An error of this file or folder.
    package init(path: FilePath, reason: String) {
        self.path = path
        self.reason = reason
    }

    package var description: String { "\(path): \(reason)" }
}
