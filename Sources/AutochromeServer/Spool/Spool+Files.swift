internal import Autochrome
internal import HTTPTypes
internal import SystemPackage

// Files that are on this machine already.
extension Spool {
    /// Takes a file of an ended visit over.
    ///
    /// - Throws: `SpoolError`, or the operating system's reason
    func adopt(_ path: FilePath) throws -> SpoolFile {
        let file = file()
        try path.rename(to: file.path)
        try file.countSize()
        return file
    }

    /// Copies a photograph. Blocks while it reads.
    ///
    /// - Parameters:
    ///   - path: where it lies.
    ///   - largest: the most bytes it may have.
    /// - Throws: `Problem`, with a sentence that names it
    func copy(of path: FilePath, atMost largest: Int) throws(Problem) -> SpoolFile {
        let name = path.lastComponent?.string ?? path.string
        do {
            let facts = try FileFacts(of: path)
            guard facts.kind == .file else {
                throw Problem(.unprocessableContent, "\(name) is no file.")
            }
            guard facts.size <= largest else {
                throw Problem(
                    .contentTooLarge,
                    "\(name) has \(facts.size) bytes; at most \(largest) are taken, and "
                        + "--max-upload raises that.")
            }
            return try copied(path)
        } catch let error as Errno {
            throw Problem(.unprocessableContent, "\(name) cannot be read: \(error).")
        } catch {
            throw Problem(error)
        }
    }

    private func copied(_ path: FilePath) throws -> SpoolFile {
        let copy = file()
        let source = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
        try source.closeAfter {
            while true {
                let bytes = try [UInt8](unsafeUninitializedCapacity: 1 << 20) { buffer, count in
                    count = try source.read(into: UnsafeMutableRawBufferPointer(buffer))
                }
                if bytes.isEmpty { return }
                try copy.append(bytes)
            }
        }
        return copy
    }
}
