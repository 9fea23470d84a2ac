package import Autochrome

/// A model to measure, and the settings at which it is.
package struct EvaluatedModel: Sendable {
    /// The vividnesses of the curve.
    package static let curve = (0...10).map { Double($0) / 10 }

    /// What tables call it.
    package let name: String
    /// Its file; nil for the one that came with the program.
    package let file: String?
    /// The settings that were asked for, then those that only the curve needs. One that is nil is
    /// the network's only one.
    package let settings: [Double?]
    /// How many were asked for.
    package let askedCount: Int
    /// Whether hints change its colours.
    package let takesHints: Bool

    /// - Parameters:
    ///   - file: a file of weights; nil for the one that came with the program.
    ///   - vividnesses: those asked for, at least one.
    /// - Throws: `WeightsError` where there are no weights of a network here.
    package init(file: String?, vividnesses: [Double]) throws(WeightsError) {
        let weights = try Weights(model: file)
        let network = try NetworkKind(of: weights).network
        let takesVividness = network.givesDistribution
        takesHints = network.takesHints
        name = file ?? weights.metadata["name"] ?? "unnamed"
        self.file = file
        let asked: [Double?] = takesVividness ? vividnesses : [nil]
        askedCount = asked.count
        settings =
            asked + (takesVividness ? Self.curve.filter { !vividnesses.contains($0) } : [])
    }

    /// Whether a vividness may be asked of it.
    package var takesVividness: Bool { settings[0] != nil }

    /// What the model is called at a setting: "name at 0.5".
    static func title(_ name: String, at vividness: Double?) -> String {
        vividness.map { "\(name) at \($0)" } ?? name
    }

    /// What it is called at its first setting.
    var title: String { Self.title(name, at: settings[0]) }

    /// The places of the curve's vividnesses among the settings; none where it has no curve.
    var curvePlaces: [Int] {
        Self.curve.compactMap { vividness in settings.firstIndex { $0 == vividness } }
    }
}
