import ArgumentParser
import Autochrome
import AutochromeTraining
import SystemPackage

/// Options for hints and palettes.
struct HintArguments: ParsableArguments {
    @Option(
        help: """
            Colours for places in one photograph: a hints file (Documentation/Hints.md), or a \
            transparent picture of the same aspect ratio with painted strokes (default: \
            NAME.EXT.hints.json beside each photograph).
            """, completion: .file())
    var hints: String?

    @Flag(help: "Ignore hints files beside photographs.")
    var noHints = false

    @Option(
        help: "Colour photograph whose palette to use; repeat to average several.",
        completion: .file())
    var like: [String] = []

    @Option(help: "Hints file whose palette to use.", completion: .file())
    var palette: String?

    @Option(help: "Hints file to save the palette of --like to.", completion: .file())
    var savePalette: String?

    func validate() throws {
        if hints != nil, noHints {
            throw ValidationError("--hints and --no-hints contradict each other; give one of them.")
        }
        if savePalette != nil, like.isEmpty {
            throw ValidationError(
                "--save-palette saves the palette of --like; give --like a colour photograph too.")
        }
        let read = ([hints, palette].compactMap { $0 } + like).map { FilePath($0) }
        let identities = Set(read.compactMap { try? FileFacts(of: $0).identity })
        if let savePalette, let facts = try? FileFacts(of: FilePath(savePalette)),
            identities.contains(facts.identity)
        {
            throw ValidationError(
                "--save-palette \(savePalette) would replace an input file; give another name.")
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
                "--hints is for one photograph, and there are \(plan.jobs.count); for several, put "
                    + "hints files beside them, as in photo.jpg.hints.json.")
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
