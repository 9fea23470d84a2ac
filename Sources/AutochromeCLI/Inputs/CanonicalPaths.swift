import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Paths with their folders' links and dots resolved, so that equal ones compare equal.
struct CanonicalPaths {
    private var folders: [FilePath: FilePath] = [:]

    /// The resolved folder of `path` and its last name; the file itself need not exist.
    mutating func of(_ path: FilePath) -> FilePath {
        guard let name = path.lastComponent, name.kind == .regular else {
            return resolved(path) ?? path
        }
        let parent = path.removingLastComponent()
        let folder = parent.isEmpty ? "." : parent
        if let known = folders[folder] { return known.appending(name) }
        let canonical = resolved(folder) ?? of(folder)
        folders[folder] = canonical
        return canonical.appending(name)
    }

    private func resolved(_ path: FilePath) -> FilePath? {
        guard let real = path.withPlatformString({ realpath($0, nil) }) else { return nil }
        defer { free(real) }
        return FilePath(platformString: real)
    }
}
