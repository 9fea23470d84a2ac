import Autochrome
import SystemPackage

/// Where the results go.
enum Destination {
    /// Beside each photograph.
    case beside

    /// Into a folder, which need not exist yet.
    case folder(FilePath)

    /// One photograph's or film's result, under this name.
    case file(FilePath)

    /// - Parameters:
    ///   - output: `-o` as it was typed; a slash at its end makes it a folder.
    ///   - inputs: what is to be coloured.
    ///   - format: `--format`, which must not contradict the name of a file.
    init(_ output: String?, inputs: [FilePath], format: PhotoFormat?) throws(PlanError) {
        guard let output else {
            self = .beside
            return
        }
        let path = FilePath(output)
        let named = path.fileExtension.flatMap(PhotoFormat.init(fileExtension:))
        let isFile = named != nil || FilmName.isFilm(path.fileExtension)
        guard isFile, !output.hasSuffix("/"), FileFacts.kind(of: path) != .folder else {
            if FileFacts.kind(of: path) == .file { throw .notAFolder(path) }
            self = .folder(path)
            return
        }
        guard inputs.count == 1, FileFacts.kind(of: inputs[0]) != .folder else {
            throw .oneFileForMany(path)
        }
        if let format, let named, format != named { throw .formatsDisagree(path, format) }
        self = .file(path)
    }

    /// The format that the name of a file asks for.
    var format: PhotoFormat? {
        guard case .file(let path) = self else { return nil }
        return path.fileExtension.flatMap(PhotoFormat.init(fileExtension:))
    }

    /// The folder's identity, if there is one already: what lies there are results.
    var identities: Set<FileIdentity> {
        guard case .folder(let path) = self, let facts = try? FileFacts(of: path) else {
            return []
        }
        return [facts.identity]
    }
}
