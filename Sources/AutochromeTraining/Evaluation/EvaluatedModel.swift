package import Autochrome

/// A model to measure, and the settings at which it is.
package struct EvaluatedModel: Sendable {
    /// The vividnesses of the curve.
    private static let vividnesses = (0...10).map { Double($0) / 10 }
    /// The saturations past a vividness of 1 with which a curve comes to more colour.
    private static let saturations = [1.25, 1.5, 2]

    /// What tables call it.
    package let name: String
    /// Its file; nil for the one that came with the program.
    package let file: String?
    /// The settings that were asked for, then those that only the curve needs.
    package let settings: [ColorSetting]
    /// How many were asked for.
    package let askedCount: Int
    /// Whether hints change its colours.
    package let takesHints: Bool
    /// The settings of the curve, from the least to the most colour.
    let curve: [ColorSetting]

    /// - Parameters:
    ///   - file: a file of weights; nil for the one that came with the program.
    ///   - vividnesses: those asked for, at least one.
    ///   - isSaturated: whether the curve goes on past a vividness of 1.
    /// - Throws: `WeightsError` where there are no weights of a network here.
    package init(
        file: String?, vividnesses: [Double], isSaturated: Bool = false
    ) throws(WeightsError) {
        let weights = try Weights(model: file)
        let network = try NetworkKind(of: weights).network
        takesHints = network.takesHints
        name = file ?? weights.metadata["name"] ?? "unnamed"
        self.file = file
        let saturated = (isSaturated ? Self.saturations : []).map {
            ColorSetting(vividness: 1, saturation: $0)
        }
        guard network.givesDistribution else {
            (settings, askedCount, curve) = ([ColorSetting(vividness: nil)], 1, [])
            return
        }
        let asked = vividnesses.map { ColorSetting(vividness: $0) }
        curve = Self.vividnesses.map { ColorSetting(vividness: $0) } + saturated
        askedCount = asked.count
        settings = asked + curve.filter { !asked.contains($0) }
    }

    /// Whether a vividness may be asked of it.
    package var takesVividness: Bool { settings[0].vividness != nil }

    /// Hints that the model is given for a photograph.
    ///
    /// - Parameters:
    ///   - view: the photograph in its true colours.
    ///   - truePalette: whether its palette is among them, where the model listens.
    ///   - points: points besides.
    func hints(
        for view: Colorizer.View, truePalette: Bool, points: [HintPoint] = []
    ) -> Hints {
        let palette = truePalette && takesHints ? Palette(of: view.planes) : nil
        return Hints(points: points, palette: palette)
    }

    /// What the model is called at a setting: "name at 0.5".
    static func title(_ name: String, at vividness: Double?) -> String {
        vividness.map { "\(name) at \($0)" } ?? name
    }

    /// What it is called at its first setting.
    var title: String { Self.title(name, at: settings[0].vividness) }

    /// The places of the curve's settings among all; none where it has no curve.
    var curvePlaces: [Int] { curve.compactMap { settings.firstIndex(of: $0) } }
}
