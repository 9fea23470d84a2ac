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
        guard !output.isEmpty else { throw .noName }
        let path = FilePath.arguments([output])[0]
        let named = path.fileExtension.flatMap(PhotoFormat.init(fileExtension:))
        let isFile = named != nil || FilmName.isFilm(path.fileExtension)
        let (isSlashed, kind) = (output.utf8.last == UInt8(ascii: "/"), FileFacts.kind(of: path))
        guard isFile, !isSlashed, kind != .folder else {
            if kind == .file { throw .notAFolder(path) }
            if kind == nil, !isSlashed, Self.isPicture(path) { throw .notWritten(path) }
            self = .folder(path)
            return
        }
        guard inputs.count == 1, FileFacts.kind(of: inputs[0]) != .folder else {
            throw .oneFileForMany(path)
        }
        if let format, let named, format != named { throw .formatsDisagree(path, format) }
        self = .file(path)
    }

    /// Whether a path's name is that of a picture in a format that is not written.
    private static func isPicture(_ path: FilePath) -> Bool {
        let unwritten: Set = [
            "bmp", "gif", "psd", "jp2", "j2k", "ppm", "pgm", "pnm", "pbm", "tga", "ico", "exr",
            "hdr", "svg", "pdf", "eps", "raw", "dng", "nef", "cr2", "cr3", "arw", "orf", "raf",
            "rw2",
        ]
        return path.fileExtension.map { unwritten.contains($0.lowercased()) } ?? false
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

    /// Whether the results go into this very folder.
    func isFolder(_ path: FilePath) -> Bool {
        (try? FileFacts(of: path)).map { identities.contains($0.identity) } ?? false
    }
}
