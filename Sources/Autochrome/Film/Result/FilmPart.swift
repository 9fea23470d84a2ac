internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The film as far as it came after an interruption, a file beside the result that goes when the
/// result is there. A file of that name that no interruption made is left alone.
struct FilmPart: Codable, Sendable {
    /// Its name, which need not be UTF-8, in the result's folder.
    private let name: [UInt8]

    /// Its size in bytes: another size is another's file.
    private let size: Int

    /// - Throws: `Errno` when there is no such file.
    init(_ path: FilePath) throws(Errno) {
        name = path.lastName
        size = try FileFacts(of: path).size
    }

    /// Where it is, beside `output`; nil when it is not there any more.
    func path(beside output: FilePath) -> FilePath? {
        let path = output.removingLastComponent().appending(name: name)
        return (try? FileFacts(of: path).size) == size ? path : nil
    }

    /// `film.part.mp4` for `film.mp4`; from the second on `film.part-2.mp4`.
    static func path(_ number: Int, beside output: FilePath) -> FilePath {
        let ending = (number > 1 ? ".part-\(number)." : ".part.") + (output.extension ?? "mp4")
        var stem = output
        stem.extension = nil
        let name = stem.lastName.wholePrefix(255 - ending.utf8.count) + ending.utf8
        return output.removingLastComponent().appending(name: name)
    }

    /// Removes it, if it is there.
    func remove(beside output: FilePath) {
        if let path = path(beside: output) { _ = path.withPlatformString(unlink) }
    }
}
