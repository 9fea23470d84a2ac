internal import Autochrome

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// One page with the tables, the curves and photographs, which needs nothing beside itself.
package struct EvaluationPage {
    /// Photographs of each sheet.
    private static let dozen = 12
    private static let seed: UInt64 = 1907

    private let result: EvaluationResult
    private let summary: EvaluationSummary
    /// The photographs on the page by their places among the records.
    private var pictures: [Int: PictureSheet.Row] = [:]

    /// Colours the photographs that are shown once more, small.
    ///
    /// - Throws: what `EvaluationRun.run` throws.
    package init(
        _ result: EvaluationResult, _ summary: EvaluationSummary, of run: EvaluationRun
    ) async throws {
        (self.result, self.summary) = (result, summary)
        let places = Set(best + worst + random).sorted()
        var sheet = PictureSheet(places.map { result.records[$0] }, of: run)
        for model in result.models {
            let network = try ColorNetwork(reading: model.file, on: run.device)
            try await sheet.add(model, of: Colorizer(network: network))
        }
        pictures = Dictionary(uniqueKeysWithValues: zip(places, sheet.rows))
    }

    /// The page.
    package var html: String {
        let charts = summary.charts.map(\.svg)
        let first = result.models[0].title
        let sheets = [
            section("Least CIEDE2000 (\(first))", best),
            section("Largest CIEDE2000 (\(first))", worst),
            section("Any dozen", random),
        ]
        return HTMLPage(
            title: "Colours measured",
            body: ["<p>\(summary.facts.htmlEscaped)</p>"] + summary.tables.map(\.html) + charts
                + sheets, style: Self.style
        ).text
    }

    private static let style = """
        table { border-collapse: collapse; font-size: .85rem } th, td { padding: .15rem .6rem; \
        text-align: right; vertical-align: top } td { border-top: 1px solid #ddd } \
        th:first-child, td:first-child { text-align: left } td small { display: block; \
        color: #777 } .photo { display: flex; gap: 4px; align-items: flex-start } \
        .photo div { flex: 1 } figure { margin: 0 0 1rem } figcaption { font-size: .85rem; \
        color: #555 }
        """
}

extension EvaluationPage {
    /// Places from the least to the largest CIEDE2000 of the first model at its first setting.
    private var ranked: [Int] {
        result.records.indices.sorted { first, second in
            result.records[first].models[0][0].ciede2000
                < result.records[second].models[0][0].ciede2000
        }
    }

    private var best: [Int] { Array(ranked.prefix(Self.dozen)) }
    private var worst: [Int] { Array(ranked.suffix(Self.dozen).reversed()) }

    private var random: [Int] {
        var generator = SeededGenerator(Self.seed)
        return result.records.indices.shuffled(using: &generator).prefix(Self.dozen).sorted()
    }

    private func section(_ title: String, _ places: [Int]) -> String {
        let columns = ["grey"] + result.models.map(\.title) + ["true"]
        let figures = places.compactMap { pictures[$0] }.map(figure)
        return """
            <h2>\(title.htmlEscaped): \(columns.joined(separator: ", ").htmlEscaped)</h2>
            \(figures.joined(separator: "\n"))
            """
    }

    private func figure(_ row: PictureSheet.Row) -> String {
        let images = ([row.grey] + row.colored + [row.truth]).map { jpeg in
            "<div><img alt=\"\" src=\"data:image/jpeg;base64,"
                + "\(Data(jpeg).base64EncodedString())\"></div>"
        }
        let record = row.record
        let figures = record.models.map { figures in
            "CIEDE2000 \(figures[0].ciede2000.text(1)), CF \(figures[0].colorfulness.text(1))"
        }
        let name = record.photograph.split(separator: "/").last.map(String.init) ?? ""
        return """
            <figure><div class="photo">\(images.joined())</div>
            <figcaption>\(name.htmlEscaped): \(figures.joined(separator: "; ")) \
            of \(record.trueColorfulness.text(1))</figcaption></figure>
            """
    }
}
