package import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

// Names need not be UTF-8, so they are taken apart and put together by their bytes.
extension FilePath {
    /// The path's own bytes.
    package var bytes: [UInt8] {
        withPlatformString { name in
            UnsafeBufferPointer(start: name, count: strlen(name)).map { UInt8(bitPattern: $0) }
        }
    }

    /// A path of these bytes, which end at a zero at the latest.
    package init(bytes: some Sequence<UInt8>) {
        let name = bytes.prefix { $0 != 0 }.map { CInterop.PlatformChar(bitPattern: $0) } + [0]
        self = name.withUnsafeBufferPointer { buffer in
            buffer.baseAddress.map { FilePath(platformString: $0) } ?? FilePath()
        }
    }

    /// The path with one more name.
    package func appending(name: [UInt8]) -> FilePath {
        FilePath(bytes: isEmpty ? name : bytes + [UInt8(ascii: "/")] + name)
    }
}
