import Foundation
import Testing

/// A file system of few bytes, in memory, mounted on a new folder of a test's, and gone with it.
final class SmallDisk {
    /// Whether this machine lets a test mount one.
    static let isPossible =
        geteuid() == 0 && FileManager.default.isExecutableFile(atPath: "/bin/mount")

    private let path: String

    /// - Parameter size: as mount writes it, such as `300k`.
    init(_ name: String, size: String, in scratch: Scratch) throws {
        try scratch.makeFolder(name)
        path = scratch.path(name)
        try Self.run("/bin/mount", "-t", "tmpfs", "-o", "size=\(size)", "tmpfs", path)
    }

    deinit { try? Self.run("/bin/umount", path) }

    /// Gives it another size; what it holds stays.
    func resize(to size: String) throws {
        try Self.run("/bin/mount", "-o", "remount,size=\(size)", path)
    }

    private static func run(_ program: String, _ arguments: String...) throws {
        let process = try Process.run(URL(filePath: program), arguments: arguments)
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }
}
