internal import Autochrome
internal import SystemPackage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Part of `dataset.json` that training needs.
struct PreparedPhotographs {
    /// As `PhotoSource` has them, in the order of `prepare`.
    let names: [String]
    /// Loss weight of each colour cell; nil if the cells are not counted.
    let colorWeights: [Float]?

    /// The part of the file that is read.
    private struct Content: Decodable {
        struct Photograph: Decodable { let file: String }
        struct Colors: Decodable { let weights: [Double] }
        let photographs: [Photograph]
        let colors: Colors?
    }

    /// Reads what describes the data set in a folder; nil where nothing does.
    ///
    /// - Throws: `TrainingError.data` where the file cannot be read or says what cannot be, and
    ///   where `prepare` has not come so far as to write it.
    init?(of folder: String) throws(TrainingError) {
        let file = "\(folder)/dataset.json"
        guard let bytes = try Self.bytes(of: FilePath(file)) else {
            try Self.checkNotBegun(folder)
            return nil
        }
        guard let content = try? JSONDecoder().decode(Content.self, from: Data(bytes)),
            [nil, ColorBins.count].contains(content.colors?.weights.count)
        else {
            throw .data("\(file): not a data set of `autochrome prepare`.")
        }
        names = content.photographs.map(\.file)
        colorWeights = content.colors?.weights.map { Float($0) }
        try check(file)
    }

    /// The file's bytes; nil where there is none.
    private static func bytes(of file: FilePath) throws(TrainingError) -> [UInt8]? {
        do {
            // A folder or a pipe holds no description.
            guard try FileFacts(of: file).kind == .file else { return [] }
            return try LooseFile(file).read(limit: .max)
        } catch let error as Errno where error == .noSuchFileOrDirectory {
            return nil
        } catch {
            throw .data("\(file): cannot be read: \(error).")
        }
    }

    /// `prepare` keeps its notes in this folder until the description is written.
    private static func checkNotBegun(_ folder: String) throws(TrainingError) {
        guard FileFacts.kind(of: FilePath("\(folder)/.prepare")) == nil else {
            throw .data(
                "\(folder): `autochrome prepare` has not finished; run the same command, which "
                    + "resumes, to the end first.")
        }
    }

    private func check(_ file: String) throws(TrainingError) {
        if let name = names.first(where: { !Self.isWithin($0) }) {
            throw .data(
                "\(file): \"\(name)\" is not a path within the data set; make it again with "
                    + "`autochrome prepare`.")
        }
        if let weight = colorWeights?.first(where: { !($0 > 0 && $0.isFinite) }) {
            throw .data(
                "\(file): the weight of a colour is \(weight), and a number above 0 is expected; "
                    + "make the data set again with `autochrome prepare`.")
        }
    }

    /// Whether what is opened for a name lies in the data set: by bytes, since a character can be
    /// a slash and an accent.
    private static func isWithin(_ name: String) -> Bool {
        let path = PhotoSet.parts(of: name)?.archive ?? name
        let slash = UInt8(ascii: "/")
        guard let first = path.utf8.first, first != slash else { return false }
        return !path.utf8.split(separator: slash).contains { $0.elementsEqual("..".utf8) }
    }
}
