package import SystemPackage

/// Start of a server for one person at this machine: a page is opened for them, and the
/// server ends a minute after the last page has been closed.
package struct Visit: Sendable {
    /// Where photographs that were not fetched wait for the next visit.
    package var folder: FilePath

    /// The photographs that the page begins with.
    package var photographs: [FilePath]

    /// A visit of these.
    package init(folder: FilePath, photographs: [FilePath]) {
        (self.folder, self.photographs) = (folder, photographs)
    }
}
