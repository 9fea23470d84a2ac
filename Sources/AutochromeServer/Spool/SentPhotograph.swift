internal import Autochrome
internal import HTTPTypes
internal import SystemPackage

/// An uploaded photograph whose header was read and is within the limits.
struct SentPhotograph: Sendable {
    let upload: Upload
    let photo: PhotoFile

    /// - Throws: `Problem`, in which the photograph has the name it was sent under
    init(_ upload: Upload, maxPixels: Int) async throws(Problem) {
        self.upload = upload
        let path = upload.file.path
        do throws(PhotoError) {
            photo = try await blocking { () throws(PhotoError) in
                // libvips looks further than the first bytes; an empty file need not exist.
                try PhotoFile(path: path, maxPixels: maxPixels)
            }
        } catch {
            throw Problem(error).naming(upload.file, upload.name)
        }
        let (pixels, overflow) = photo.width.multipliedReportingOverflow(by: photo.height)
        guard !overflow, pixels <= maxPixels else {
            throw Problem(
                .contentTooLarge,
                "\(upload.name): \(photo.width) x \(photo.height) pixels; at most \(maxPixels) "
                    + "are taken, and --max-pixels raises that.")
        }
    }

    /// Paints it, whole, into a new file of the spool.
    ///
    /// - Returns: the file, and what there is to say about it.
    /// - Throws: `Problem`
    func write(
        _ upsampling: GuidedUpsampling, with colorizer: Colorizer, options: ColorizeOptions,
        into spool: Spool
    ) async throws -> (file: SpoolFile, warnings: [String]) {
        let (photo, result) = (photo, spool.file())
        do {
            let warnings = try await blocking { () throws(PhotoError) in
                try colorizer.write(photo, to: result.path, upsampling, options: options)
            }
            try result.countSize()
            return (result, (photo.warnings + warnings).map(named))
        } catch {
            var problem = Problem(error).naming(result, upload.name)
            let longest = max(options.compare ? 2 * photo.width : photo.width, photo.height)
            if longest > (options.format ?? photo.format).longestSide {
                problem = Problem(.unprocessableContent, problem.detail)
            }
            throw problem.naming(upload.file, upload.name)
        }
    }

    /// A sentence in which the photograph has its own name.
    func named(_ sentence: String) -> String {
        sentence.replacing(upload.file.path.string, with: upload.name)
    }
}
