internal import CVips
package import SystemPackage

/// libvips, started at first use.
package enum PhotoLibrary {
    private static let startError: String? = {
        var message: UnsafeMutablePointer<CChar>?
        return cvips_start(&message) == 0 ? nil : taking(message)
    }()

    /// Starts libvips unless it runs already.
    static func start() throws(PhotoError) {
        if let startError { throw .library(reason: startError) }
    }

    /// Has the process keep little of the memory that it frees, however many photographs pass
    /// through how many threads: for programs that run for days. To be called before there are
    /// threads.
    package static func boundMemory() { cvips_bound_memory() }

    /// Gives memory that was freed back to the system: of many threads' photographs, of many sizes,
    /// an allocator keeps ever more pieces.
    package static func returnMemory() { cvips_return_memory() }

    /// Takes over a text that C allocated, as one line.
    ///
    /// libvips puts the operating system's reason on a line of its own; where
    /// there is one it is the cause. Else the first line is, without the path
    /// that it may begin with: the sentence that it goes into names the file.
    ///
    /// - Parameter files: the paths that libvips was given.
    static func taking(
        _ message: UnsafeMutablePointer<CChar>?, naming files: FilePath...
    ) -> String {
        guard let message else { return "" }
        defer { cvips_free(message) }
        let lines = String(cString: message).split(separator: "\n")
        for prefix in ["unix error: ", "system error: "] {
            if let line = lines.first(where: { $0.hasPrefix(prefix) }) {
                let reason = line.dropFirst(prefix.count)
                return reason.prefix(1).lowercased() + reason.dropFirst()
            }
        }
        let line = lines.first ?? ""
        let prefix = files.map { "\($0): " }.first(where: line.hasPrefix) ?? ""
        return String(line.dropFirst(prefix.count))
    }

    /// Why libvips, asked for any loader at all, does not open a file; nil
    /// where it does. For checking that the other loaders are blocked.
    package static func refusal(of path: FilePath) throws(PhotoError) -> String? {
        try start()
        var message: UnsafeMutablePointer<CChar>?
        return path.withPlatformString { cvips_open($0, &message) } == 0 ? nil : taking(message)
    }
}
