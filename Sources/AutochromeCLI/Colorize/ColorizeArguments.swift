import ArgumentParser
import Autochrome
import SystemPackage

/// The options of `colorize`.
struct ColorizeArguments: ParsableArguments {
    @Option(help: "Vividness, from 0 (muted) to 1 (vivid) (default: 0.5).")
    var vividness: Double?

    @Option(help: "Factor for chroma, from 0 (grey) to 4.")
    var saturation: Float = 1

    @Option(
        help: """
            Shorter side in pixels at which the network sees a photograph, 32 to 2048 (default: \
            the model's own, which `model info` shows).
            """)
    var detail: Int?

    @Flag(help: "Write before and after side by side.")
    var compare = false

    @Option(help: "Format of the results (default: each photograph's own).")
    var format: PhotoFormat?

    @Option(
        help: """
            Quality for lossy formats, from 1 to 100; 100 is lossless in \
            \(PhotoFormat.list(PhotoFormat.allCases.filter(\.isLosslessAt100))) \
            (default: \(PhotoFormat.defaultQualities)).
            """)
    var quality: Int?

    @OptionGroup var hints: HintArguments

    @OptionGroup var network: NetworkArguments

    @Option(
        help: """
            Maximum pixels of a photograph that must be decoded whole, as in 300M (default: \
            300M).
            """)
    var maxPixels: PixelCount?

    @Flag(help: "Also colour photographs in folders that are already in colour.")
    var recolor = false

    @Flag(help: "Replace existing results.")
    var overwrite = false

    @Flag(help: "Write the summary as JSON to standard output.")
    var json = false

    func validate() throws { try check(for: format) }

    /// Checks every value against its range, where results are of `format`.
    func check(for format: PhotoFormat?) throws {
        do {
            var options = options
            options.format = format
            try options.validate()
        } catch {
            throw ValidationError("--\(error)")
        }
    }

    /// Refuses options that say nothing where there are only films.
    func checkForFilms() throws {
        if format != nil || quality != nil {
            throw ValidationError(
                "--format and --quality are for photographs; films have --codec and --crf.")
        }
        if maxPixels != nil {
            throw ValidationError(
                "--max-pixels is for photographs; films are decoded frame by frame. Leave it out.")
        }
    }

    /// Identity of the model, for resumed films.
    var modelIdentity: String {
        guard let file = try? network.model ?? Weights.standardFile() else { return "" }
        let facts = try? FileFacts(of: FilePath(file))
        return "\(file) \(facts?.size ?? 0) \(facts?.modificationTime ?? 0)"
    }

    /// The library's options for a photograph of the batch.
    ///
    /// - Parameters:
    ///   - job: the photograph.
    ///   - hints: the hints and palette of a person.
    func options(for job: ColorizePlan.Job, hints: Hints?) -> ColorizeOptions {
        var options = options
        options.hints = hints
        options.format = job.format
        options.skipsColored = !recolor && !job.isNamed
        return options
    }

    /// The most pixels of a photograph that has to be decoded whole.
    var mostPixels: Int { options.maxPixels }

    private var options: ColorizeOptions {
        var options = ColorizeOptions()
        options.vividness = vividness
        options.saturation = saturation
        options.detail = detail
        options.compare = compare
        options.format = format
        options.quality = quality
        if let maxPixels { options.maxPixels = maxPixels.pixels }
        options.overwrite = overwrite
        return options
    }
}
