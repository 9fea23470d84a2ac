import ArgumentParser
import Autochrome
import SystemPackage

/// `autochrome propose PHOTO --at X,Y`: tells which colours are likely at a place.
struct ProposeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "propose",
        abstract: "List the likely colours at a place in a photograph.",
        discussion: """
            Writes up to nine colours, at the photograph's own lightness there, with their \
            probabilities, the likeliest first. Hints and palettes that are given, or that are \
            beside the photograph, are applied.
            """)

    @Argument(help: "A photograph.", completion: .file())
    var photo: String

    @Option(
        help: """
            Place, as fractions of the upright picture's width and height from its upper left \
            corner, as in 0.31,0.55.
            """)
    var at: PicturePlace

    @OptionGroup var hints: HintArguments

    @Option(
        help: """
            Shorter side in pixels at which the network sees the photograph, 32 to 2048 (default: \
            the model's own).
            """)
    var detail: Int?

    @OptionGroup var network: NetworkArguments

    @Option(help: "Maximum pixels of a photograph that must be decoded whole, as in 300M.")
    var maxPixels: PixelCount = .init(pixels: ColorizeOptions().maxPixels)

    @Flag(help: "Write the colours as JSON to standard output.")
    var json = false

    func validate() throws {
        if let detail, !ModelUse.workingSides.contains(detail) {
            throw ValidationError("--detail is \(detail); it goes from 32 to 2048 pixels.")
        }
    }

    func run() async throws {
        do {
            try await propose()
        } catch let error as ExitCode {
            throw error
        } catch {
            StandardStream.error.tell("\(error)")
            throw ExitCode(1)
        }
    }

    private func propose() async throws {
        let (path, hints, maxPixels) = (FilePath.arguments([photo])[0], hints, maxPixels.pixels)
        let choice = try await blocking {
            try hints.given(maxPixels: maxPixels).choice(for: path)
        }
        if let file = choice.file, let hints = choice.hints {
            StandardStream.error.tell("\(path): with \(hints.summary) of \(file).")
        }
        let colorizer = Colorizer(
            network: try ColorNetwork(reading: network.model, on: network.device))
        let photograph = try await blocking { () throws(PhotoError) in
            try PhotoFile(path: path, maxPixels: maxPixels)
        }
        try choice.hints?.strokes?.check(against: photograph)
        var options = ColorizeOptions()
        options.detail = detail
        let view = try await colorizer.see(photograph, options: options)
        let found = try await colorizer.proposals(in: view, x: at.x, y: at.y, hints: choice.hints)
        let lightness = view.lightness(x: at.x, y: at.y)
        let report = Report(at, found, lightness: lightness)
        if json { return try StandardStream.output.write(JSON.line(report)) }
        for proposal in report.proposals {
            let share = Int((100 * proposal.likelihood).rounded())
            StandardStream.output.write("\(proposal.color) \(share) %\n")
        }
    }
}

extension ProposeCommand {
    /// The colours as `--json` gives them.
    private struct Report: Encodable {
        struct Proposal: Encodable {
            /// sRGB, at the photograph's lightness.
            let color: String
            let likelihood: Double
            let a: Float
            let b: Float
        }

        let x: Double
        let y: Double
        /// L*, 0...100.
        let lightness: Float
        let proposals: [Proposal]

        init(_ place: PicturePlace, _ found: Proposals, lightness: Float) {
            (x, y, self.lightness) = (place.x, place.y, lightness)
            proposals = found.proposals.map {
                Proposal(
                    color: $0.color.hex(lightness: lightness), likelihood: $0.likelihood,
                    a: $0.color.a, b: $0.color.b)
            }
        }
    }
}
