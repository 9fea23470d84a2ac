import Autochrome
import SystemPackage

/// The photographs, and the films, that files and folders of a command line stand for.
struct FoundPhotographs {
    /// One photograph.
    struct Photograph {
        let path: FilePath

        /// The folder of the command line it was found in; nil where it was named itself.
        let folder: FilePath?
    }

    private(set) var photographs: [Photograph] = []

    /// Films, where they are wanted, as photographs are.
    private(set) var films: [Photograph] = []

    /// Inputs and folders that cannot be read.
    private(set) var failures: [Failure] = []

    private let takesFilms: Bool

    /// - Parameters:
    ///   - inputs: files, which may be anything, and folders, of which files with a photograph's
    ///     extension are taken.
    ///   - excluded: folders left out.
    ///   - takesFilms: whether files with a film's extension are films; otherwise they are not
    ///     seen in folders, and no photographs where they are named.
    init(
        _ inputs: [FilePath], excluding excluded: Set<FileIdentity> = [], takesFilms: Bool = false
    ) {
        self.takesFilms = takesFilms
        for input in inputs {
            do throws(Errno) {
                switch try FileFacts(of: input).kind {
                case .file: add(Photograph(path: input, folder: nil))
                case .folder: addPhotographs(in: input, excluding: excluded)
                case .other: fail(input, "not a file or a folder")
                }
            } catch {
                let isMissing = error == .noSuchFileOrDirectory
                fail(input, isMissing ? "no such file" : "cannot be accessed: \(error)")
            }
        }
    }

    /// The same with each photograph once, where it was first.
    var withoutRepeats: FoundPhotographs {
        var (result, canonical) = (self, CanonicalPaths())
        var seen: Set<FilePath> = []
        result.photographs = photographs.filter { seen.insert(canonical.of($0.path)).inserted }
        return result
    }

    private mutating func addPhotographs(
        in folder: FilePath, excluding excluded: Set<FileIdentity>
    ) {
        var tree = FolderTree(excluding: excluded)
        tree.walk(folder) { visit in
            switch visit {
            case .files(let files, _, _):
                for file in files where isWanted(file) {
                    add(Photograph(path: file, folder: folder))
                }
            case .other: break
            case .unreachable(let path, _, let reason): fail(path, unreachable: reason)
            case .unreadable(let path, _, let reason):
                fail(path, "the folder cannot be read: \(reason)")
            }
        }
    }

    private mutating func fail(_ path: FilePath, unreachable reason: Errno) {
        let leadsNowhere =
            reason == .noSuchFileOrDirectory || reason == .tooManySymbolicLinkLevels
        if !leadsNowhere {
            fail(path, "cannot be accessed: \(reason)")
        } else if isWanted(path) {
            fail(path, "broken link")
        }
    }

    private mutating func fail(_ path: FilePath, _ reason: String) {
        failures.append(Failure(path: path, reason: reason))
    }

    /// Whether a folder's file of this name is taken.
    private func isWanted(_ file: FilePath) -> Bool {
        isFilm(file) || PhotoFormat(fileExtension: file.fileExtension ?? "") != nil
    }

    private mutating func add(_ found: Photograph) {
        if isFilm(found.path) { films.append(found) } else { photographs.append(found) }
    }

    private func isFilm(_ file: FilePath) -> Bool {
        takesFilms && FilmName.isFilm(file.fileExtension)
    }
}
