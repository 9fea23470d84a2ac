import Autochrome
import Foundation
import SystemPackage
import Testing

@Suite struct PartialFileTests {
    private static func names(in folder: String) throws -> [String] {
        try FilePath(folder).names().map { String(decoding: $0, as: UTF8.self) }
    }

    private static func content(of path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }

    private static func write(_ text: String, to path: String) throws {
        let part = try PartialFile(for: FilePath(path))
        try Array(text.utf8).withUnsafeBytes { try part.write($0) }
        let isCommitted = try part.commit(replacing: true)
        #expect(isCommitted)
    }

    /// Where the part of `path` grows, and that it can be begun.
    private static func part(of path: FilePath) throws -> FilePath {
        let part = try PartialFile(for: path)
        return part.path
    }

    @Test func `A second part of one name is refused while the first lives`() throws {
        try Sample.inFolder { folder in
            let path = FilePath(folder + "/a.png")
            let first = try PartialFile(for: path)
            try Array("abc".utf8).withUnsafeBytes { try first.write($0) }
            let size = try FileFacts(of: first.path).size
            // As the metadata of a PNG go in: the lock must stay with the part.
            try FileBytes.insert([7, 7], at: 1, into: PhotoPath(first.path))
            let error = #expect(throws: FileError.self) { try Self.part(of: path) }
            #expect(error?.reason == "another process is writing it")
            let isCommitted = try first.commit(replacing: false)
            #expect(isCommitted)
            #expect(try FileFacts(of: path).size == size + 2)
            #expect(try Self.names(in: folder) == ["a.png"])
        }
    }

    @Test func `A new part leaves what was committed before as it is`() throws {
        try Sample.inFolder { folder in
            let path = folder + "/a.txt"
            try Self.write("first", to: path)
            let next = try PartialFile(for: FilePath(path))
            #expect(try Self.content(of: path) == "first")
            let isCommitted = try next.commit(replacing: false)
            #expect(!isCommitted)
            #expect(try Self.content(of: path) == "first")
            try Self.write("second", to: path)
            #expect(try Self.content(of: path) == "second")
            #expect(try Self.names(in: folder) == ["a.txt"])
        }
    }

    @Test func `What a killed process left is taken over, a whole file's second name is not`()
        throws
    {
        try Sample.inFolder { folder in
            let (path, left) = (folder + "/a.txt", folder + "/.a.txt.part")
            try Data("longer than what follows".utf8).write(to: URL(filePath: left))
            try Self.write("whole", to: path)
            #expect(try Self.content(of: path) == "whole")
            // Killed after the file got its name and before the part lost its own.
            try FileManager.default.linkItem(atPath: path, toPath: left)
            _ = try Self.part(of: FilePath(path))
            #expect(try Self.content(of: path) == "whole")
            #expect(try Self.names(in: folder) == ["a.txt"])
        }
    }

    @Test func `A file that took the part's place is not given the name`() throws {
        try Sample.inFolder { folder in
            let part = try PartialFile(for: FilePath(folder + "/a.txt"))
            let place = part.path.string
            try FileManager.default.removeItem(atPath: place)
            try Data("another's".utf8).write(to: URL(filePath: place))
            var reason = "none"
            do throws(FileError) {
                _ = try part.commit(replacing: true)
            } catch {
                reason = error.reason
            }
            #expect(reason.contains("removed or replaced meanwhile"))
            #expect(try Self.names(in: folder) == [".a.txt.part"])
            #expect(try Self.content(of: place) == "another's")
        }
    }

    @Test func `Long names that begin alike have parts of their own`() throws {
        try Sample.inFolder { folder in
            // The cut would go through the last character.
            let long = [UInt8](repeating: 0x61, count: 229) + Array("é".utf8)
            let names = [[0x61], long + [0x31], long + [0x32], Array(long.dropLast(2))]
            let paths = names.map { FilePath(folder).appending(name: $0) }
            let parts = try paths.map { try Self.part(of: $0) }
            #expect(Set(parts).count == names.count)
            #expect(parts[0] == FilePath(folder + "/.a.part"))
            for part in parts {
                let name = try #require(part.lastComponent).string
                #expect(name.utf8.count <= 255 && !name.contains("\u{FFFD}"))
            }
            // The next run finds what a killed one left.
            #expect(try paths.map { try Self.part(of: $0) } == parts)
        }
    }

    #if os(Linux)
        @Test func `Names that differ only in bytes that are no text are written side by side`()
            throws
        {
            try Sample.inFolder { folder in
                let paths = [[0xE8], [0xE9]].map { FilePath(folder).appending(name: $0) }
                let first = try PartialFile(for: paths[0])
                let second = try PartialFile(for: paths[1])
                let areCommitted = [
                    try first.commit(replacing: false), try second.commit(replacing: false),
                ]
                #expect(areCommitted == [true, true])
                #expect(try FilePath(folder).names() == [[0xE8], [0xE9]])
                // Foundation does not remove names that are not UTF-8.
                for path in paths { try path.rename(to: FilePath(folder + "/text")) }
            }
        }
    #endif

    /// Several times what is moved at once, and a bit; nowhere like elsewhere.
    private static let old = (0..<(2 << 20) + 1234).map { place in
        UInt8(truncatingIfNeeded: (place &* 0x9E37_79B9) >> 24)
    }

    @Test(arguments: [0, 33, 1 << 20, (2 << 20) + 1234])
    func `Bytes put into a file move all that follows, and it stays that file`(
        offset: Int
    ) throws {
        try Sample.inFolder { folder in
            let path = FilePath(folder + "/a")
            let new = [UInt8](repeating: 0xA5, count: 4321)
            try Data(Self.old).write(to: URL(filePath: path.string))
            let before = try FileFacts(of: path).identity
            try FileBytes.insert(new, at: offset, into: PhotoPath(path))
            #expect(try FileFacts(of: path).identity == before)
            let found = try Data(contentsOf: URL(filePath: path.string))
            let isRight = found == Data(Self.old[..<offset] + new + Self.old[offset...])
            #expect(isRight)
        }
    }
}
