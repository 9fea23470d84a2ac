/// The network's colours for the views of one film.
struct ColorSource: Sendable {
    let network: ColorNetwork
    let viewing: FrameViewing
    let grid: ColorGrid
    private let vividness: Double?
    private let palette: [Float]?
    private let scaleX: Float
    private let scaleY: Float

    /// Asks the network for nothing in particular, to learn how fine its answers are.
    ///
    /// - Throws: `HintsError.notHeard` where the network takes no palette and there is one.
    init(
        _ network: ColorNetwork, viewing: FrameViewing, format: FrameFormat,
        options: ColorizeOptions
    ) async throws {
        palette = options.hints?.palette?.shares
        if palette != nil, !network.takesHints {
            throw HintsError.notHeard(model: network.modelName)
        }
        let size = viewing.size
        let blank = Plane(width: size.paddedWidth, height: size.paddedHeight)
        let prediction = try await network.prediction(for: InputPlanes(lightness: blank))
        self.network = network
        self.viewing = viewing
        vividness = options.vividness
        grid = ColorGrid(size: size, stride: size.paddedWidth / prediction.width)
        scaleX = Float(grid.stride) * Float(format.width) / Float(size.width)
        scaleY = Float(grid.stride) * Float(format.height) / Float(size.height)
    }

    func prediction(_ view: FrameView) async throws -> Prediction {
        try await network.prediction(for: InputPlanes(lightness: view.padded, palette: palette))
    }

    /// The colours of a prediction for the grid's cells alone.
    func colors(_ prediction: Prediction) async throws -> CellColors {
        cropped(try await planes(prediction))
    }

    private func planes(_ prediction: Prediction) async throws -> ChromaPlanes {
        try await network.ab(from: prediction, vividness: vividness)
    }

    private func cropped(_ planes: ChromaPlanes) -> CellColors {
        CellColors(a: grid.cropped(planes.a).values, b: grid.cropped(planes.b).values)
    }

    /// L* of a view's cells.
    func lightness(of view: FrameView) -> Plane {
        grid.cropped(view.padded.averaged(by: grid.stride))
    }

    /// The colours ready to be laid over a frame, of whose cells the lightness is given.
    func upsampling(of colors: CellColors, over lightness: Plane) -> GuidedUpsampling {
        return GuidedUpsampling(
            lightness: lightness,
            a: Plane(width: grid.width, height: grid.height, values: colors.a),
            b: Plane(width: grid.width, height: grid.height, values: colors.b),
            scaleX: scaleX, scaleY: scaleY)
    }

    /// The colours of one frame for itself, as of a photograph.
    func upsampling(of frame: FilmFrame) async throws -> GuidedUpsampling {
        let view = viewing.view(of: frame)
        let prediction = try await prediction(view)
        let planes = try await planes(prediction)
        return GuidedUpsampling(
            lightness: view.padded.averaged(by: grid.stride), a: planes.a, b: planes.b,
            scaleX: scaleX, scaleY: scaleY)
    }
}
