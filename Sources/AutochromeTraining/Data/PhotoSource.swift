internal import Autochrome

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The photographs of a data set, in the order of their names.
package struct PhotoSource: Sendable, Equatable {
    /// The data set's folder.
    package let folder: String
    /// Paths in the folder.
    package let names: [String]
    /// What the loss makes of each colour cell, where `prepare` has counted them.
    package let colorWeights: [Float]?

    /// What a folder holds: what `prepare` wrote, or photographs.
    ///
    /// - Throws: `TrainingError.data` when nothing is there.
    package init(_ folder: String) throws(TrainingError) {
        guard (try? FileManager.default.contentsOfDirectory(atPath: folder)) != nil else {
            throw .data("\(folder): no such folder; --data names a folder of photographs.")
        }
        self.folder = folder
        let description = folder + "/dataset.json"
        if let data = FileManager.default.contents(atPath: description) {
            guard let prepared = try? JSONDecoder().decode(Prepared.self, from: data) else {
                throw .data("\(description): this is not what `autochrome prepare` writes.")
            }
            names = prepared.photographs.map(\.file)
            colorWeights = prepared.colors?.weights.map { Float($0) }
        } else {
            names = Self.photographs(below: folder)
            colorWeights = nil
        }
        if names.isEmpty { throw .data("\(folder): there are no photographs in it.") }
    }

    /// The part of `dataset.json` that training needs.
    private struct Prepared: Decodable {
        struct Photograph: Decodable { let file: String }
        struct Colors: Decodable { let weights: [Double] }
        let photographs: [Photograph]
        let colors: Colors?
    }

    /// Files whose extension is a photograph's, hidden ones aside, by the bytes of their paths.
    private static func photographs(below folder: String) -> [String] {
        let all = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        let names = all.filter { name in
            let isHidden = name.split(separator: "/").contains { $0.hasPrefix(".") }
            let ending = name.split(separator: ".").last.map(String.init) ?? ""
            return !isHidden && PhotoFormat(fileExtension: ending) != nil
        }
        return names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    }
}
