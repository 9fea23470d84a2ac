internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The first bytes of a regular file, with the operating system's own reason
/// where there are none to be had.
struct FileSignature {
    let bytes: [UInt8]
    /// Bytes of the whole file.
    let fileSize: Int

    init(of file: PhotoPath) throws(PhotoError) {
        let (path, name) = (file.path, file.name)
        let facts: FileFacts
        do throws(Errno) {
            facts = try FileFacts(of: path)
        } catch {
            throw .unreadable(file: name, reason: Self.reason(error.rawValue))
        }
        switch facts.kind {
        case .file: break
        case .folder: throw .unreadable(file: name, reason: "it is a folder")
        // A pipe or device could be waited on for ever.
        case .other: throw .unreadable(file: name, reason: "it is not a regular file")
        }
        guard let stream = path.withPlatformString({ fopen($0, "rb") }) else {
            throw .unreadable(file: name, reason: Self.reason(errno))
        }
        defer { fclose(stream) }
        var bytes = [UInt8](repeating: 0, count: PhotoFormat.signatureLength)
        let count = fread(&bytes, 1, bytes.count, stream)
        guard ferror(stream) == 0 else {
            throw .unreadable(file: name, reason: Self.reason(errno))
        }
        guard count > 0 else { throw .empty(file: name) }
        self.bytes = Array(bytes.prefix(count))
        fileSize = facts.size
    }

    /// "no such file or directory": a sentence's tail, without a capital.
    static func reason(_ code: Int32) -> String {
        let text = String(cString: strerror(code))
        return text.prefix(1).lowercased() + text.dropFirst()
    }
}
