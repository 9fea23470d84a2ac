import Autochrome
import SystemPackage

/// Lists the files below a folder in the order of their names.
///
/// Hidden files and folders are left out. Links to folders are followed, but no folder is entered
/// twice, so a loop of links ends.
struct FolderWalk {
    /// Files found, as paths that begin with the folder's own.
    private(set) var files: [FilePath] = []

    /// Folders that could not be read, with the reason.
    private(set) var unreadable: [Failure] = []

    /// What folders list but cannot be reached, as links that lead nowhere are, with the reason.
    private(set) var unreachable: [(path: FilePath, reason: Errno)] = []

    private var entered: Set<FileIdentity> = []

    /// - Parameters:
    ///   - folder: where to begin.
    ///   - excluded: folders left out, among them where the results go.
    init(of folder: FilePath, excluding excluded: Set<FileIdentity>) {
        entered = excluded
        enter(folder)
    }

    private mutating func enter(_ folder: FilePath) {
        guard let facts = try? FileFacts(of: folder), entered.insert(facts.identity).inserted
        else { return }
        do throws(Errno) {
            for name in try folder.names() where name.first != UInt8(ascii: ".") {
                add(folder.appending(name: name))
            }
        } catch {
            unreadable.append(Failure(path: folder, reason: "the folder cannot be read: \(error)"))
        }
    }

    private mutating func add(_ path: FilePath) {
        do throws(Errno) {
            switch try FileFacts(of: path).kind {
            case .folder: enter(path)
            case .file: files.append(path)
            case .other: break
            }
        } catch {
            unreachable.append((path, error))
        }
    }
}
