extension EvaluationSummary {
    /// What true points are worth to a model.
    package struct Points: Encodable, Sendable {
        /// One number of points.
        package struct Row: Encodable, Sendable {
            /// How many points a photograph.
            package let points: Int
            /// Peak signal-to-noise ratio, in dB.
            package let psnr: Estimate
            /// Its gain over the model's own without points, in dB; nil for none.
            package let gain: Estimate?
            /// CIEDE2000.
            package let ciede2000: Estimate
        }

        /// What the model is called.
        package let model: String
        /// By number of points, none first.
        package let rows: [Row]
        /// The share of single points that lower PSNR by more than 0.1 dB.
        package let worse: Estimate
        /// The same by more than 0.5 dB.
        package let muchWorse: Estimate

        static func all(of result: EvaluationResult, _ bootstrap: Bootstrap) -> [Points] {
            result.models.enumerated().compactMap { place, model in
                let found = result.records.compactMap { $0.points[place] }
                guard found.count == result.records.count, !found.isEmpty else { return nil }
                return Points(model: model.name, found, bootstrap)
            }
        }

        private init(model: String, _ found: [PointFigures], _ bootstrap: Bootstrap) {
            self.model = model
            rows = found[0].figures.indices.map { index in
                let gains = found.map { $0.figures[index].psnr - $0.figures[0].psnr }
                return Row(
                    points: found[0].figures[index].points,
                    psnr: bootstrap.mean(found.map { $0.figures[index].psnr }),
                    gain: index == 0 ? nil : bootstrap.mean(gains),
                    ciede2000: bootstrap.mean(found.map { $0.figures[index].ciede2000 }))
            }
            func share(below limit: Double) -> Estimate {
                bootstrap.mean(
                    found.map { photograph in
                        let gains = photograph.singleGains
                        return Double(gains.count { $0 < limit }) / Double(max(gains.count, 1))
                    })
            }
            (worse, muchWorse) = (share(below: -0.1), share(below: -0.5))
        }
    }

    var pointTable: FigureTable {
        FigureTable(
            title: "With true points, at a vividness of 0 and 256 pixels",
            head: ["", "points", "PSNR", "gain in dB", "CIEDE2000"],
            rows: points.flatMap { model in
                model.rows.map { row in
                    [
                        .init(text: row.points == 0 ? model.model : ""),
                        .init(text: "\(row.points)"), .init(row.psnr, 2), .init(row.gain, 2),
                        .init(row.ciede2000, 2),
                    ]
                }
            })
    }

    var singlePointTable: FigureTable {
        FigureTable(
            title: "Share of single true points that lower PSNR by more than so much",
            head: ["", "0.1 dB", "0.5 dB"],
            rows: points.map { model in
                [.init(text: model.model), .init(model.worse, 3), .init(model.muchWorse, 3)]
            })
    }
}
