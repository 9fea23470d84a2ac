import Autochrome
import SystemPackage

// Tests name files by text.
extension PhotoFile {
    init(path: String, maxPixels: Int) throws(PhotoError) {
        try self.init(path: FilePath(path), maxPixels: maxPixels)
    }
}

extension PhotoFile {
    @discardableResult
    func write(
        to output: String, options: PhotoWriteOptions, map: @Sendable (PhotoRow) -> Void
    ) throws(PhotoError) -> [String] {
        try write(to: FilePath(output), options: options, map: map)
    }
}

extension PhotoMetadata {
    convenience init(of path: String, format: PhotoFormat) throws(PhotoError) {
        try self.init(of: FilePath(path), format: format)
    }
}
