internal import Autochrome
internal import SystemPackage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The photographs of a data set: files, or members of tar archives (WebDataset's shards).
package struct PhotoSource: Sendable {
    /// The data set's folder.
    package let folder: String
    /// Paths in the folder; of a member the archive's path, `!`, and the name in it.
    package let names: [String]
    /// What the loss makes of each colour cell, where `prepare` has counted them.
    package let colorWeights: [Float]?
    /// Where members lie, by the bytes of their names, since to Swift an accented letter and a
    /// letter with an accent are one; files are not in it.
    private let places: [[UInt8]: Place]

    /// Where a member lies in its archive.
    private struct Place {
        let archive: String
        let offset: Int
        let count: Int
    }

    /// What a folder holds: what `prepare` wrote, in its order; or any photographs and tar
    /// archives of photographs, by the bytes of their names.
    ///
    /// - Throws: `TrainingError.data` when nothing is there, or a data set that is not done or not
    ///   what `prepare` writes.
    package init(_ folder: String) throws(TrainingError) {
        guard (try? FileManager.default.contentsOfDirectory(atPath: folder)) != nil else {
            throw .data("\(folder): no such folder; --data names a folder of photographs.")
        }
        self.folder = folder
        if let prepared = try PreparedPhotographs(of: folder) {
            (names, colorWeights) = (prepared.names, prepared.colorWeights)
            let archives = Set(names.compactMap { Self.parts(of: $0)?.archive })
            places = try Self.places(in: archives.sorted(), of: folder)
            try checkMembers()
        } else {
            let (files, archives) = Self.contents(of: folder)
            places = try Self.places(in: archives, of: folder)
            let members = places.compactMap { bytes, place -> String? in
                let name = String(decoding: bytes, as: UTF8.self)
                let member = name.utf8.dropFirst(place.archive.utf8.count + 1)
                return Self.isPhotograph(name) && !Self.isHidden(member) ? name : nil
            }
            names = (files + members).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
            colorWeights = nil
        }
        if names.isEmpty { throw .data("\(folder): there are no photographs in it.") }
    }

    /// Opens the photograph at `number` in `names`.
    func photograph(_ number: Int) throws(PhotoError) -> any ScalablePhoto {
        let name = names[number]
        guard let place = places[Array(name.utf8)] else {
            return try PhotoFile(path: FilePath("\(folder)/\(name)"), maxPixels: 300_000_000)
        }
        let bytes: [UInt8]
        do {
            let file = try FileDescriptor.open(
                FilePath("\(folder)/\(place.archive)"), .readOnly, options: .closeOnExec)
            bytes = try file.closeAfter { try file.bytes(at: place.offset, count: place.count) }
        } catch {
            throw .unreadable(file: name, reason: "\(error)")
        }
        guard bytes.count == place.count else {
            throw .damaged(file: name, detail: "the archive ends early")
        }
        return try StoredPhoto(bytes, name: name)
    }

    /// Archive and member of such a name; nil for a file's.
    static func parts(of name: String) -> (archive: String, member: String)? {
        guard let end = name.firstRange(of: ".tar!") else { return nil }
        let archive = name[..<name.index(before: end.upperBound)]
        return (String(archive), String(name[end.upperBound...]))
    }

    private static func places(
        in archives: [String], of folder: String
    ) throws(TrainingError) -> [[UInt8]: Place] {
        var places: [[UInt8]: Place] = [:]
        for archive in archives {
            for member in try TarIndex("\(folder)/\(archive)").members {
                places[Array("\(archive)!\(member.name)".utf8)] = Place(
                    archive: archive, offset: member.offset, count: member.count)
            }
        }
        return places
    }

    private func checkMembers() throws(TrainingError) {
        guard
            let missing = names.first(where: {
                places[Array($0.utf8)] == nil && Self.parts(of: $0) != nil
            })
        else { return }
        throw .data(
            "\(folder)/dataset.json: \(missing) is not in its archive; run `autochrome prepare` "
                + "again.")
    }

    /// Photographs and archives, hidden ones aside.
    private static func contents(of folder: String) -> (files: [String], archives: [String]) {
        let all = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        let names = all.filter { !isHidden($0.utf8[...]) }
        return (names.filter(isPhotograph), names.filter { $0.hasSuffix(".tar") })
    }

    /// Whether a name on the way begins with a dot, as in `._a.jpg`, which macOS adds to archives.
    private static func isHidden(_ path: Substring.UTF8View) -> Bool {
        path.split(separator: UInt8(ascii: "/")).contains { name in
            name.first == UInt8(ascii: ".") && !name.elementsEqual(".".utf8)
        }
    }

    /// By the ending of its name.
    private static func isPhotograph(_ name: String) -> Bool {
        let ending = name.split(separator: ".").last.map(String.init) ?? ""
        return PhotoFormat(fileExtension: ending) != nil
    }
}
