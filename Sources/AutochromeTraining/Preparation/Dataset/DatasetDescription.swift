internal import Autochrome
package import SystemPackage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// Content of `dataset.json`.
package struct DatasetDescription: Codable, Sendable {
    /// The version of this form.
    package var format = 1

    /// Program that wrote it, as in "Autochrome 1.0".
    package let program: String

    /// With what it was made.
    package let settings: PrepareSettings
    /// Sources, in the order given.
    package let sources: [Source]
    /// Counts of kept and dropped files.
    package let counts: PrepareCounts

    /// Sentences on what could not be read.
    package let problems: [String]

    /// The colours of all photographs together.
    package let colors: Colors
    /// Those that were kept.
    package let photographs: [Photograph]

    /// A source as it was given, without the folder it lies in.
    package struct Source: Codable, Equatable, Sendable {
        /// Its last name.
        package let name: String
        /// In bytes as stored; nil for a folder.
        package let bytes: Int?
    }

    /// Colour statistics of the photographs, for training.
    package struct Colors: Codable, Sendable {
        /// a* and b* of the cells' middles.
        package let cells: [[Int]]
        /// Histogram of the photographs over the cells: 4,096 a pixel, of each photograph at 64
        /// pixels a side.
        package let histogram: [UInt64]
        /// Loss weight of each cell: `ColorRebalancing`.
        package let weights: [Double]
    }

    /// A photograph of the data set.
    package struct Photograph: Codable, Equatable, Sendable {
        /// A path in the data set; of one in a shard the shard's, `!`, and the name in it.
        package let file: String
        /// In the form of `SourceName`.
        package let source: String
        /// In pixels.
        package let width: Int
        /// In pixels.
        package let height: Int
        /// Of the upright original, in pixels.
        package let sourceWidth: Int
        /// Of the upright original, in pixels.
        package let sourceHeight: Int
    }

    /// Reads all but the photographs, which may be many, of a data set's `dataset.json`; nil where
    /// there is none.
    ///
    /// - Throws: `PrepareError.notEmpty` where the file is something else; `.sourceUnreadable`
    ///   where it cannot be read.
    package static func header(
        of dataset: FilePath
    ) throws(PrepareError) -> DatasetDescription? {
        let path = dataset.appending("dataset.json")
        guard FileFacts.kind(of: path) != nil else { return nil }
        let whole = Data(try beginning(of: path) + Array("]}".utf8))
        guard let result = try? JSONDecoder().decode(Self.self, from: whole),
            result.counts.arePossible
        else { throw .notEmpty(dataset) }
        return result
    }

    /// The lines up to the first photograph.
    private static func beginning(of path: FilePath) throws(PrepareError) -> [UInt8] {
        var text: [UInt8] = []
        do throws(Errno) {
            var lines = try LineReader(path)
            while let line = try lines.next() {
                text += line
                if line.starts(with: "\"photographs\"".utf8) { break }
            }
        } catch {
            throw .sourceUnreadable(path, reason: "\(error)")
        }
        return text
    }
}

/// Counts of the sources' files by outcome.
package struct PrepareCounts: Codable, Equatable, Sendable {
    /// Number of files.
    package var files = 0

    /// Number of files in the data set.
    package var kept = 0

    /// Number of dropped files by reason, with an entry for every reason.
    package var dropped = Dictionary(uniqueKeysWithValues: DropReason.allCases.map { ($0, 0) })

    /// Number of kept files that were converted from CMYK to sRGB.
    package var convertedFromCMYK = 0

    /// Number of files that are not in the data set.
    package var droppedInAll: Int { dropped.values.reduce(0, +) }

    /// Whether files that were kept and left out can have come to these.
    fileprivate var arePossible: Bool {
        (0...Int(Int32.max)).contains(files)
            && ([kept, convertedFromCMYK] + dropped.values).allSatisfy { (0...files).contains($0) }
    }

    mutating func add(_ member: JournalRecord.Member) {
        files += 1
        if let reason = member.dropped { dropped[reason, default: 0] += 1 }
        if let photograph = member.kept {
            kept += 1
            convertedFromCMYK += photograph.isCMYK ? 1 : 0
        }
    }
}
