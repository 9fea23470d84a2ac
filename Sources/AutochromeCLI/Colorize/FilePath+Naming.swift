import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

// Names need not be UTF-8, so they are taken apart and put together by their bytes.
extension FilePath {
    /// The path's own bytes.
    var bytes: [UInt8] {
        withPlatformString { name in
            UnsafeBufferPointer(start: name, count: strlen(name)).map { UInt8(bitPattern: $0) }
        }
    }

    /// What follows the last dot of the name, if there is one past its beginning.
    var fileExtension: String? {
        let name = bytes.split(separator: UInt8(ascii: "/")).last ?? []
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > name.startIndex else {
            return nil
        }
        return String(decoding: name[name.index(after: dot)...], as: UTF8.self)
    }

    /// The path without the last dot of its name and what follows, and with `ending` instead.
    func replacingExtension(with ending: String) -> FilePath {
        let dropped = fileExtension.map { $0.utf8.count + 1 } ?? 0
        let name = bytes.dropLast(dropped) + ending.utf8
        return (name.map { CInterop.PlatformChar(bitPattern: $0) } + [0])
            .withUnsafeBufferPointer { $0.baseAddress.map { FilePath(platformString: $0) } } ?? self
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
