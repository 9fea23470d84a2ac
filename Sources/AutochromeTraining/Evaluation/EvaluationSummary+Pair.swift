extension EvaluationSummary {
    /// Two models, photograph by photograph.
    package struct Pair: Encodable, Sendable {
        /// One figure of both.
        package struct Comparison: Encodable, Sendable {
            /// `PSNR`, `SSIM`, `MS-SSIM a*b*` or `CIEDE2000`.
            package let figure: String
            /// The mean of the first's less the second's.
            package let difference: Estimate
            /// The share of photographs where the first is better, 0...1; equal ones count half.
            package let firstIsBetter: Double

            fileprivate init(
                _ figure: String, _ first: [Double], _ second: [Double], higherIsBetter: Bool,
                _ bootstrap: Bootstrap
            ) {
                self.figure = figure
                let differences = zip(first, second).map { $0 - $1 }
                difference = bootstrap.mean(differences)
                let better = differences.reduce(0.0) { sum, value in
                    sum + (value == 0 ? 0.5 : (value > 0) == higherIsBetter ? 1 : 0)
                }
                firstIsBetter = better / Double(differences.count)
            }
        }

        /// What the first model is called.
        package let first: String
        /// Its setting; nil where it has no choice.
        package let firstVividness: Double?
        /// What the second model is called.
        package let second: String
        /// Its setting; nil where it has no choice.
        package let secondVividness: Double?
        /// By figure.
        package let comparisons: [Comparison]

        /// Every two models at every setting asked for; one without a choice meets all settings
        /// of the other.
        static func all(of result: EvaluationResult, _ bootstrap: Bootstrap) -> [Pair] {
            result.models.indices.flatMap { first in
                result.models.indices.dropFirst(first + 1).flatMap { second in
                    let counts = [first, second].map { result.models[$0].askedCount }
                    return (0..<max(counts[0], counts[1])).map { setting in
                        Pair(
                            result, (first, min(setting, counts[0] - 1)),
                            (second, min(setting, counts[1] - 1)), bootstrap)
                    }
                }
            }
        }

        private init(
            _ result: EvaluationResult, _ one: (model: Int, setting: Int),
            _ other: (model: Int, setting: Int), _ bootstrap: Bootstrap
        ) {
            first = result.models[one.model].name
            firstVividness = result.models[one.model].settings[one.setting].vividness
            second = result.models[other.model].name
            secondVividness = result.models[other.model].settings[other.setting].vividness
            let figures = [one, other].map { side in
                result.records.map { $0.models[side.model][side.setting] }
            }
            func compare(
                _ name: String, _ figure: (PictureFigures) -> Double, higherIsBetter: Bool
            ) -> Comparison {
                Comparison(
                    name, figures[0].map(figure), figures[1].map(figure),
                    higherIsBetter: higherIsBetter, bootstrap)
            }
            comparisons = [
                compare("PSNR", \.psnr, higherIsBetter: true),
                compare("SSIM", \.ssim, higherIsBetter: true),
                compare("MS-SSIM a*b*", \.chromaSimilarity, higherIsBetter: true),
                compare("CIEDE2000", \.ciede2000, higherIsBetter: false),
            ]
        }
    }
}
