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

    /// The last dot of the name and what follows, if there is one past the name's beginning.
    private var ending: [UInt8] {
        let name = bytes.split(separator: UInt8(ascii: "/")).last ?? []
        guard let dot = name.lastIndex(of: UInt8(ascii: ".")), dot > name.startIndex else {
            return []
        }
        return Array(name[dot...])
    }

    /// What follows the last dot of the name.
    var fileExtension: String? {
        ending.isEmpty ? nil : String(decoding: ending.dropFirst(), as: UTF8.self)
    }

    /// The path without the last dot of its name and what follows, and with `text` instead.
    func replacingExtension(with text: String) -> FilePath {
        FilePath(bytes: bytes.dropLast(ending.count) + text.utf8)
    }

    private init(bytes: [UInt8]) {
        let name = bytes.map { CInterop.PlatformChar(bitPattern: $0) } + [0]
        self = name.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { FilePath(platformString: $0) } ?? FilePath()
        }
    }

    /// The path that an argument of the command line names.
    ///
    /// Swift's arguments are text, in which bytes that are not UTF-8 are replaced; the process's
    /// own still have them.
    init(argument: String) {
        self.init(argument)
        for index in 0..<Int(CommandLine.argc) {
            guard let name = CommandLine.unsafeArgv[index], String(cString: name) == argument
            else { continue }
            self.init(platformString: name)
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
