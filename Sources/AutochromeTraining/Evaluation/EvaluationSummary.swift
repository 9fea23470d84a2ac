/// What measuring says, with intervals over the photographs.
package struct EvaluationSummary: Encodable, Sendable {
    /// How many photographs the figures are of.
    package let photographs: Int
    /// How many were left out because they have no colours.
    package let grey: Int
    /// Sentences on those that could not be measured.
    package let problems: [String]
    /// The mean colourfulness of the true colours.
    package let trueColorfulness: Estimate
    /// Their mean chroma.
    package let trueChroma: Estimate
    /// Grey first, then model by model, setting by setting, as they were given: sorted by none.
    package let rows: [Row]
    /// Pairs of models, setting by setting.
    package let pairs: [Pair]
    /// The models' curves over vividness.
    package let curves: [Curve]
    /// CIEDE2000 at equal colourfulness.
    package let equals: [EqualColorfulness]

    /// What true points are worth, by model; empty where none were tried.
    package let points: [Points]

    /// Whether each photograph was coloured with its own palette.
    package let truePalette: Bool

    /// - Parameter result: of at least one photograph.
    package init(_ result: EvaluationResult) {
        let (records, bootstrap) = (result.records, Bootstrap(count: result.records.count))
        photographs = records.count
        grey = result.grey.count
        problems = result.problems
        truePalette = result.usesTruePalette
        trueColorfulness = bootstrap.mean(records.map(\.trueColorfulness))
        trueChroma = bootstrap.mean(records.map(\.trueChroma))
        rows = Row.all(of: result, bootstrap)
        pairs = Pair.all(of: result, bootstrap)
        points = Points.all(of: result, bootstrap)
        let all = Array(records.indices)
        let found = result.models.indices.compactMap { model in
            VividnessCurve(result, model: model).map { (result.models[model].name, $0) }
        }
        curves = found.map { Curve(model: $0.0, points: $0.1.points(of: all)) }
        equals = EqualColorfulness.all(
            of: found, curves, at: result.colorfulnesses, bootstrap)
    }

    /// A model's curve.
    package struct Curve: Encodable, Sendable {
        /// What the model is called.
        package let model: String
        let points: [VividnessCurve.Point]
    }
}
