extension EvaluationSummary {
    /// The tables of the summary, those that would be empty left out.
    package var tables: [FigureTable] {
        [means, equalTable, pairTable, pointTable, singlePointTable, frechetTable]
            .filter { !$0.rows.isEmpty }
    }

    /// One sentence on what was measured.
    package var facts: String {
        var text = "\(photographs) photographs"
        if grey > 0 { text += ", \(grey) without colour left out" }
        if !problems.isEmpty { text += ", \(problems.count) failed" }
        if truePalette { text += ", each coloured with its own palette" }
        return text + "; intervals are of 95 %, by bootstrap over the photographs."
    }

    private var means: FigureTable {
        let truth: [FigureTable.Cell] =
            [.init(text: "true")] + Array(repeating: .empty, count: 5)
            + [.init(trueColorfulness, 1), .empty, .init(trueChroma, 1)]
            + Array(repeating: .empty, count: 3)
        return FigureTable(
            title: "Means",
            head: [
                "", "vividness", "PSNR", "SSIM", "MS-SSIM a*b*", "CIEDE2000", "CF", "of true",
                "chroma", "|dL*|", "s", "MB",
            ],
            rows: rows.map(\.cells) + [truth])
    }

    private var equalTable: FigureTable {
        let models = curves.map(\.model)
        return FigureTable(
            title: "CIEDE2000 at equal colourfulness",
            head: ["CF"] + models + models.dropFirst().map { "\($0) less \(models[0])" },
            rows: equals.map { equal in
                let values = models.indices.map { index in
                    equal.values.first { $0.place == index }
                }
                return [.init(text: equal.colorfulness.text(equal.isWhole ? 0 : 1))]
                    + values.map { .init($0?.ciede2000, 2) }
                    + values.dropFirst().map { .init($0?.differenceFromFirst, 2) }
            })
    }

    private var pairTable: FigureTable {
        let figures = pairs.first?.comparisons.map(\.figure) ?? []
        return FigureTable(
            title: "Pair by pair: the first less the second, and where the first is better",
            head: ["first", "second"] + figures.flatMap { [$0, "better"] },
            rows: pairs.map { pair in
                let names = [
                    EvaluatedModel.title(pair.first, at: pair.firstVividness),
                    EvaluatedModel.title(pair.second, at: pair.secondVividness),
                ]
                return names.map { .init(text: $0) }
                    + pair.comparisons.flatMap { comparison -> [FigureTable.Cell] in
                        let share = (100 * comparison.firstIsBetter).text(0)
                        let digits = comparison.figure.contains("SSIM") ? 4 : 3
                        return [.init(comparison.difference, digits), .init(text: "\(share) %")]
                    }
            })
    }

    private var frechetTable: FigureTable {
        FigureTable(
            title: "Fréchet distance of the features of the frozen ImageNet encoder",
            head: ["", "distance"],
            rows: rows.compactMap { row in
                row.frechetDistance.map { distance in
                    [
                        .init(text: EvaluatedModel.title(row.model, at: row.vividness)),
                        .init(text: distance.text(3)),
                    ]
                }
            })
    }
}

extension EvaluationSummary.Row {
    fileprivate var cells: [FigureTable.Cell] {
        [
            .init(text: model), .init(text: vividness.map { "\($0)" } ?? ""),
            .init(psnr, 2), .init(ssim, 4), .init(chromaSimilarity, 4), .init(ciede2000, 2),
            .init(colorfulness, 1), .init(colorfulnessShare, 2), .init(chroma, 1),
            .init(lightnessError, 2),
            .init(seconds, 3), .init(text: peakMemory.map { "\($0 / 1_000_000)" } ?? ""),
        ]
    }
}
