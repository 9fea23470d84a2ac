import Autochrome
import AutochromeServer
import SystemPackage

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Where photographs that were not fetched wait for the next `serve --open` of the same person.
enum VisitFolder {
    /// A visit that begins with these photographs, and its folder, made unless it is there.
    ///
    /// - Throws: `FileError`
    static func visit(_ photographs: [String]) throws -> Visit {
        let folder = folder(ProcessInfo.processInfo.environment)
        do throws(FileError) {
            try folder.makeFolders()
        } catch {
            throw FileError(
                path: error.path,
                reason: "\(error.reason). XDG_STATE_HOME can name another folder for unsaved "
                    + "saved.")
        }
        return Visit(folder: folder, photographs: photographs.map { FilePath($0) })
    }

    /// The place for what a program remembers (XDG Base Directory Specification).
    private static func folder(_ environment: [String: String]) -> FilePath {
        if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
            return FilePath(state).appending("autochrome")
        }
        guard let home = environment["HOME"], home.hasPrefix("/") else {
            return FilePath.temporaryFolder.appending("autochrome")
        }
        #if os(macOS)
            return FilePath(home).appending("Library/Application Support/autochrome")
        #else
            return FilePath(home).appending(".local/state/autochrome")
        #endif
    }
}
