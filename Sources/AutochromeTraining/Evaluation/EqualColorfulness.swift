/// CIEDE2000 of the models where they are equally colourful.
package struct EqualColorfulness: Encodable, Sendable {
    /// One model's value.
    package struct Value: Encodable, Sendable {
        /// What the model is called.
        package let model: String
        /// The model's place among those that have a curve.
        package let place: Int
        /// Its mean CIEDE2000 there.
        package let ciede2000: Estimate
        /// Less the first model's; nil for the first itself, and where the first has none.
        package let differenceFromFirst: Estimate?
    }

    /// The mean colourfulness.
    package let colorfulness: Double
    /// Whether it has no decimals.
    var isWhole: Bool { colorfulness == colorfulness.rounded() }
    /// Of the models whose curve comes there.
    package let values: [Value]

    /// At the colourfulnesses asked for, or at every multiple of 5 to which at least one curve
    /// comes; a model has no value where its curve does not come.
    static func all(
        of models: [(name: String, curve: VividnessCurve)], _ curves: [EvaluationSummary.Curve],
        at asked: [Double], _ bootstrap: Bootstrap
    ) -> [EqualColorfulness] {
        let ranges = curves.map { VividnessCurve.range(of: $0.points) }
        let low = ranges.map(\.lowerBound).min() ?? 0
        let high = ranges.map(\.upperBound).max() ?? 0
        let multiples = Array(stride(from: (low / 5).rounded(.up) * 5, through: high, by: 5))
        return (asked.isEmpty ? multiples : asked).map { target in
            let there = models.indices.filter { ranges[$0].contains(target) }
            return EqualColorfulness(
                colorfulness: target,
                values: there.map { index in
                    let isFirst = index == 0 || !there.contains(0)
                    return Value(
                        model: models[index].name, place: index,
                        ciede2000: bootstrap.estimate {
                            value(models[index].curve, at: target, of: $0)
                        },
                        differenceFromFirst: isFirst
                            ? nil
                            : bootstrap.estimate {
                                value(models[index].curve, at: target, of: $0)
                                    - value(models[0].curve, at: target, of: $0)
                            })
                })
        }
    }

    private static func value(
        _ curve: VividnessCurve, at target: Double, of places: [Int]
    ) -> Double {
        VividnessCurve.ciede2000(at: target, on: curve.points(of: places))
    }
}
