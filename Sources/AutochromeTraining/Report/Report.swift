internal import Autochrome

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// One page with the curves and the sample sheets of a run, which needs nothing beside itself.
struct Report {
    /// Sheets on the page; of more, some evenly apart.
    private static let largestSheetCount = 12

    let recipe: Recipe
    let records: [StepRecord]
    /// The run's folder.
    let folder: String

    func write(to path: String) throws(TrainingError) {
        try WholeFile.write(Array(html.utf8), to: path)
    }

    private var html: String {
        let last = records.last
        let facts =
            "step \(last?.step ?? 0), epoch \(last?.epoch ?? 0), loss \(last.map { "\($0.loss)" } ?? "-")"
        let curves = [
            Curve("loss", records.map { ($0.step, Double($0.loss)) }),
            Curve(
                "loss on evaluation photographs",
                records.compactMap { record in
                    record.evaluation.map { (record.step, Double($0)) }
                }),
            Curve("learning rate", records.map { ($0.step, $0.learningRate) }),
            Curve("photographs a second", records.map { ($0.step, $0.photographsPerSecond) }),
        ]
        let page = HTMLPage(
            title: recipe.name,
            body: ["<p>\(recipe.network.rawValue), \(facts)</p>"] + curves.compactMap(\.svg)
                + sheets)
        return page.text
    }

    /// The sample sheets, the newest first, as pictures inside the page.
    private var sheets: [String] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: folder + "/samples")) ?? []
        let names = all.filter { $0.hasSuffix(".png") && !$0.hasPrefix(".") }.sorted()
        let count = min(names.count, Self.largestSheetCount)
        let chosen = (0..<count).map { names[($0 + 1) * names.count / count - 1] }
        return chosen.reversed().compactMap { name in
            guard let data = FileManager.default.contents(atPath: "\(folder)/samples/\(name)")
            else { return nil }
            let step = Int(name.dropLast(4)) ?? 0
            return "<h2>step \(step): grey, predicted, true</h2>\n<img alt=\"sample sheet\" "
                + "src=\"data:image/png;base64,\(data.base64EncodedString())\">"
        }
    }
}
