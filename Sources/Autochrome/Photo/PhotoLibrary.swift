internal import CVips

/// libvips, started at first use.
enum PhotoLibrary {
    private static let startError: String? = {
        var message: UnsafeMutablePointer<CChar>?
        return cvips_start(&message) == 0 ? nil : taking(message)
    }()

    /// Starts libvips unless it runs already.
    static func start() throws(PhotoError) {
        if let startError { throw .library(reason: startError) }
    }

    /// Takes over a text that C allocated: its first line, which is the cause.
    static func taking(_ message: UnsafeMutablePointer<CChar>?) -> String {
        guard let message else { return "" }
        defer { cvips_free(message) }
        let text = String(cString: message)
        return text.split(separator: "\n").first.map(String.init) ?? text
    }

    /// The operation libvips would read the file with, or nil where none is
    /// enabled for it.
    static func loader(for path: String) throws(PhotoError) -> String? {
        try start()
        return cvips_loader(path).map { String(cString: $0) }
    }
}

extension PhotoFormat {
    var container: CVipsContainer {
        switch self {
        case .jpeg: CVIPS_JPEG
        case .png: CVIPS_PNG
        case .tiff: CVIPS_TIFF
        case .webp: CVIPS_WEBP
        case .heic, .avif: CVIPS_HEIF
        case .jxl: CVIPS_JXL
        }
    }
}
