package import SystemPackage

/// A photograph's file: where it is, and what people call it.
package struct PhotoPath: Sendable {
    /// Where it is.
    package let path: FilePath

    /// Its name in messages, which is another than the path's where a file was sent, or is a part
    /// that gets its name once it is whole.
    package let name: String

    /// - Parameters:
    ///   - path: where the file is.
    ///   - name: its name in messages; nil for the path.
    package init(_ path: FilePath, name: String? = nil) {
        self.path = path
        self.name = name ?? path.string
    }
}
