import Autochrome
import SystemPackage

/// The photographs that files and folders of a command line stand for.
struct FoundPhotographs {
    /// One photograph.
    struct Photograph {
        let path: FilePath

        /// The folder of the command line it was found in; nil where it was named itself.
        let folder: FilePath?
    }

    private(set) var photographs: [Photograph] = []

    /// Inputs and folders that cannot be read.
    private(set) var failures: [Failure] = []

    /// - Parameters:
    ///   - inputs: files, which may be anything, and folders, of which files with a photograph's
    ///     extension are taken.
    ///   - excluded: folders left out.
    init(_ inputs: [FilePath], excluding excluded: Set<FileIdentity> = []) {
        for input in inputs {
            switch FileIdentity.kind(of: input) {
            case .file: photographs.append(Photograph(path: input, folder: nil))
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
        for file in walk.files where PhotoFormat(fileExtension: file.fileExtension ?? "") != nil {
            photographs.append(Photograph(path: file, folder: folder))
        }
    }
}
