import SystemPackage

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Lists the files below a folder in the order of their names.
///
/// Hidden files and folders are left out. Links to folders are followed, but no folder is entered
/// twice, so a loop of links ends.
struct FolderWalk {
    /// Files found, as paths that begin with the folder's own.
    private(set) var files: [FilePath] = []

    /// Folders that could not be read, with the reason.
    private(set) var unreadable: [Failure] = []

    private var entered: Set<FileIdentity> = []

    /// - Parameters:
    ///   - folder: where to begin.
    ///   - excluded: folders left out, among them where the results go.
    init(of folder: FilePath, excluding excluded: Set<FileIdentity>) {
        entered = excluded
        enter(folder)
    }

    private mutating func enter(_ folder: FilePath) {
        guard let identity = FileIdentity(of: folder), entered.insert(identity).inserted else {
            return
        }
        do throws(Errno) {
            for name in try Self.names(in: folder) {
                let path = folder.appending(name)
                switch FileIdentity.kind(of: path) {
                case .folder: enter(path)
                case .file: files.append(path)
                case .other, nil: break
                }
            }
        } catch {
            unreadable.append(Failure(path: folder, reason: "the folder cannot be read: \(error)"))
        }
    }

    /// The names in a folder, hidden ones left out, sorted by their bytes.
    private static func names(in folder: FilePath) throws(Errno) -> [FilePath.Component] {
        guard let stream = folder.withPlatformString({ opendir($0) }) else {
            throw Errno(rawValue: errno)
        }
        defer { closedir(stream) }
        var names: [FilePath.Component] = []
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
                field.withMemoryRebound(
                    to: CInterop.PlatformChar.self,
                    capacity: MemoryLayout.size(ofValue: entry.pointee.d_name)
                ) { FilePath.Component(platformString: $0) }
            }
            if let name, !name.string.hasPrefix(".") { names.append(name) }
        }
        return names.sorted { left, right in
            left.withPlatformString { l in right.withPlatformString { r in strcmp(l, r) < 0 } }
        }
    }
}
