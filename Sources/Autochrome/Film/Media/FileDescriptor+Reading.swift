internal import SystemPackage

extension FileDescriptor {
    /// All bytes up to the end. Blocks until they are there.
    func readToEnd() throws -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = try buffer.withUnsafeMutableBytes { try read(into: $0) }
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
        }
    }
}
