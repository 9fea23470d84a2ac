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
            switch FileFacts.kind(of: input) {
            case .file: add(Photograph(path: input, folder: nil))
            case .folder: addPhotographs(in: input, excluding: excluded)
            case .other: failures.append(Failure(path: input, reason: "not a file or a folder"))
            case nil: failures.append(Failure(path: input, reason: "there is no such file"))
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
        let walk = FolderWalk(of: folder, excluding: excluded)
        failures += walk.unreadable
        for file in walk.files
        where isFilm(file) || PhotoFormat(fileExtension: file.fileExtension ?? "") != nil {
            add(Photograph(path: file, folder: folder))
        }
    }

    private mutating func add(_ found: Photograph) {
        if isFilm(found.path) { films.append(found) } else { photographs.append(found) }
    }

    private func isFilm(_ file: FilePath) -> Bool {
        takesFilms && FilmName.isFilm(file.fileExtension)
    }
}
