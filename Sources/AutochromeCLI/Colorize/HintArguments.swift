import ArgumentParser
import Autochrome
import AutochromeTraining
import SystemPackage

/// What a person says of the colours.
struct HintArguments: ParsableArguments {
    @Option(
        help: """
            Colours for places of one photograph: a file of hints (Documentation/Hints.md), or a \
            transparent picture of its shape with painted strokes (default: NAME.EXT.hints.json \
            beside each photograph).
            """, completion: .file())
    var hints: String?

    @Flag(help: "Leave files of hints that lie beside photographs.")
    var noHints = false

    @Option(
        help: "A photograph in colour whose palette to take; repeat for the mean of several.",
        completion: .file())
    var like: [String] = []

    @Option(help: "A file of hints whose palette to take.", completion: .file())
    var palette: String?

    @Option(help: "A file to keep the palette of --like in.", completion: .file())
    var savePalette: String?

    func validate() throws {
        if hints != nil, noHints {
            throw ValidationError("--hints and --no-hints contradict each other; give one of them.")
        }
        if savePalette != nil, like.isEmpty {
            throw ValidationError(
                "--save-palette keeps the palette of --like; name a photograph in colour with it.")
        }
        let read = ([hints, palette].compactMap { $0 } + like).map { FilePath($0) }
        let identities = Set(read.compactMap { try? FileFacts(of: $0).identity })
        if let savePalette, let facts = try? FileFacts(of: FilePath(savePalette)),
            identities.contains(facts.identity)
        {
            throw ValidationError(
                "--save-palette \(savePalette) would replace a file that is read; give another.")
        }
    }

    /// Refuses hints for one photograph where there are others.
    func check(_ plan: ColorizePlan) throws {
        guard hints != nil else { return }
        if plan.jobs.contains(where: \.isFilm) {
            throw ValidationError("--hints is for a photograph; films take --like and --palette.")
        }
        guard plan.jobs.count <= 1 else {
            throw ValidationError(
                "--hints is for one photograph, and there are \(plan.jobs.count); several have "
                    + "files of hints beside them, as in photo.jpg.hints.json.")
        }
    }

    /// Reads what is named on the command line, and keeps the palette that is to be kept.
    ///
    /// - Throws: `HintsError`, `PhotoError` or `TrainingError`, each a sentence that names the file.
    func given(maxPixels: Int) throws -> GivenHints {
        let references = try like.map {
            try Palette(ofPhotograph: FilePath($0), maxPixels: maxPixels)
        }
        let reference = Palette(mean: references)
        if let savePalette, let reference { try WholeFile.write(reference.file, to: savePalette) }
        return GivenHints(
            hints: try hints.map { try Hints(file: FilePath($0), maxPixels: maxPixels) },
            palette: try palette.map { try Self.palette(FilePath($0)) }, reference: reference,
            takesNeighbours: hints == nil && !noHints)
    }

    private static func palette(_ file: FilePath) throws(HintsError) -> Palette {
        if let palette = try Hints(reading: file).palette { return palette }
        throw .wrong(file: file.string, place: "palette", reason: "is missing")
    }
}
