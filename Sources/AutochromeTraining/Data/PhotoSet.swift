internal import Autochrome
internal import SystemPackage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// One data set: a folder of photographs and tar archives, or a tar archive.
struct PhotoSet {
    /// The folder or archive.
    let path: String
    /// Paths in the folder; of a member the archive's path, `!`, and the name in it.
    let names: [String]
    /// Where each photograph's bytes are.
    let places: [PhotoSource.Place]
    /// The cell weights of the loss, where `prepare` has counted them.
    let colorWeights: [Float]?

    /// - Throws: `TrainingError.data` when nothing is there, or a data set that is not done or not
    ///   what `prepare` writes.
    init(_ path: String) throws(TrainingError) {
        self.path = path
        let members: Members
        if FileFacts.kind(of: FilePath(path)) == .file {
            let folder = FilePath(path).removingLastComponent().string
            let archive = FilePath(path).lastComponent?.string ?? path
            members = try Members(in: [archive], of: folder.isEmpty ? "." : folder)
            (names, colorWeights) = (members.photographs.sorted(by: Self.precedes), nil)
            places = names.compactMap { members[$0] }
        } else {
            guard (try? FileManager.default.contentsOfDirectory(atPath: path)) != nil else {
                throw .data("\(path): no such folder; --data names a folder of photographs.")
            }
            if let prepared = try PreparedPhotographs(of: path) {
                let archives = Set(prepared.names.compactMap { Self.parts(of: $0)?.archive })
                members = try Members(in: archives.sorted(), of: path)
                (names, colorWeights) = (prepared.names, prepared.colorWeights)
                try members.check(names, of: path)
            } else {
                let (files, archives) = Self.contents(of: path)
                members = try Members(in: archives, of: path)
                names = (files + members.photographs).sorted(by: Self.precedes)
                colorWeights = nil
            }
            places = names.map { members[$0] ?? .file("\(path)/\($0)") }
        }
        if names.isEmpty { throw .data("\(path): no photographs in it.") }
    }

    /// Archive and member of such a name; nil for a file's.
    static func parts(of name: String) -> (archive: String, member: String)? {
        guard let end = name.firstRange(of: ".tar!") else { return nil }
        let archive = name[..<name.index(before: end.upperBound)]
        return (String(archive), String(name[end.upperBound...]))
    }

    /// Where the members of archives lie, by the bytes of their names, since to Swift an accented
    /// letter and a letter with an accent are one.
    private struct Members {
        private var places: [[UInt8]: PhotoSource.Place] = [:]
        /// Names of those that are photographs by their ending, hidden ones aside.
        private(set) var photographs: [String] = []

        init(in archives: [String], of folder: String) throws(TrainingError) {
            for archive in archives {
                for member in try TarIndex("\(folder)/\(archive)").members {
                    let name = "\(archive)!\(member.name)"
                    let isNew =
                        places.updateValue(
                            .member(
                                archive: "\(folder)/\(archive)", offset: member.offset,
                                count: member.count), forKey: Array(name.utf8)) == nil
                    if isNew, isPhotograph(name), !isHidden(member.name.utf8[...]) {
                        photographs.append(name)
                    }
                }
            }
        }

        subscript(_ name: String) -> PhotoSource.Place? { places[Array(name.utf8)] }

        /// Complains about names of members that are not there.
        func check(_ names: [String], of folder: String) throws(TrainingError) {
            guard
                let missing = names.first(where: {
                    self[$0] == nil && PhotoSet.parts(of: $0) != nil
                })
            else { return }
            throw .data(
                "\(folder)/dataset.json: \(missing) is not in its archive; run "
                    + "`autochrome prepare` again.")
        }
    }

    private static func precedes(_ a: String, _ b: String) -> Bool {
        a.utf8.lexicographicallyPrecedes(b.utf8)
    }

    /// Photographs and archives, hidden ones aside.
    private static func contents(of folder: String) -> (files: [String], archives: [String]) {
        let all = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        let names = all.filter { !isHidden($0.utf8[...]) }
        return (names.filter(isPhotograph), names.filter { $0.hasSuffix(".tar") })
    }
}

/// Whether a name on the way begins with a dot, as in `._a.jpg`, which macOS adds to archives.
private func isHidden(_ path: Substring.UTF8View) -> Bool {
    path.split(separator: UInt8(ascii: "/")).contains { name in
        name.first == UInt8(ascii: ".") && !name.elementsEqual(".".utf8)
    }
}

/// By the ending of its name.
private func isPhotograph(_ name: String) -> Bool {
    let ending = name.split(separator: ".").last.map(String.init) ?? ""
    return PhotoFormat(fileExtension: ending) != nil
}
