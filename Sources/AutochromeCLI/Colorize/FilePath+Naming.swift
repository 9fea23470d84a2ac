import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

extension FilePath {
    /// The path with `text` after its last name. Names that are not UTF-8 keep their bytes.
    func appendingToName(_ text: String) -> FilePath {
        withPlatformString { name in
            let bytes = UnsafeBufferPointer(start: name, count: strlen(name))
            let ending = text.utf8.map { CInterop.PlatformChar(bitPattern: $0) }
            return (Array(bytes) + ending + [0]).withUnsafeBufferPointer {
                FilePath(platformString: $0.baseAddress ?? name)
            }
        }
    }

    /// The names that lead from `folder` to this path, or the last name alone without a folder.
    func components(below folder: FilePath?) -> [FilePath.Component] {
        guard let folder, starts(with: folder) else { return lastComponent.map { [$0] } ?? [] }
        return Array(components.dropFirst(folder.components.count))
    }
}

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

extension FilePath {
    /// The path's own bytes, whether they are UTF-8 or not.
    var bytes: [UInt8] {
        withPlatformString { name in
            UnsafeBufferPointer(start: name, count: strlen(name)).map { UInt8(bitPattern: $0) }
        }
    }
}
