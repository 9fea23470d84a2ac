internal import Autochrome
internal import HTTPTypes
internal import SystemPackage

/// An uploaded photograph whose header was read and is within the limits.
struct SentPhotograph: Sendable {
    let photo: PhotoFile

    /// Where it lies, for as long as anybody needs it.
    private let file: SpoolFile

    /// The name it was sent under, in messages and for the result.
    var name: String { photo.file.name }

    /// - Throws: `PhotoError`, and `Problem` for more pixels than are taken.
    init(_ upload: Upload, maxPixels: Int) async throws {
        let (file, name) = (upload.file, upload.name)
        self.file = file
        photo = try await blocking { () throws(PhotoError) in
            // libvips looks further than the first bytes; an empty file need not exist.
            try PhotoFile(path: file.path, name: name, maxPixels: maxPixels)
        }
        let (pixels, overflow) = photo.width.multipliedReportingOverflow(by: photo.height)
        guard !overflow, pixels <= maxPixels else {
            throw Problem(
                .contentTooLarge,
                "\(name): \(photo.width) x \(photo.height) pixels; the limit is \(maxPixels), "
                    + "and --max-pixels raises it.")
        }
    }

    /// Moves its file, so that it stays when nobody holds it any more.
    ///
    /// - Throws: the operating system's reason.
    func move(to path: FilePath) throws(Errno) { try file.path.rename(to: path) }

    /// Paints it, whole, into a new file of the spool.
    ///
    /// - Returns: the file, and what there is to say about it.
    /// - Throws: `PhotoError`, `SpoolError`
    func write(
        _ upsampling: GuidedUpsampling, with colorizer: Colorizer,
        correction: HintCorrection? = nil, options: ColorizeOptions, into spool: Spool
    ) async throws -> (file: SpoolFile, warnings: [String]) {
        let (photo, result) = (photo, spool.file())
        let warnings = try await blocking { () throws(PhotoError) in
            try colorizer.write(
                photo, to: result.path, name: photo.file.name, upsampling,
                correction: correction, options: options)
        }
        try result.countSize()
        return (result, photo.warnings + warnings)
    }
}
