import Foundation
import Testing

@Suite struct EvaluateCommandTests {
    private let scratch: Scratch

    /// Three photographs in colour, one in grey, and one that is cut short.
    init() throws {
        scratch = try Scratch()
        try scratch.makeFolder("photos")
        try scratch.write(TestPhoto.colored(width: 96, height: 64), as: "photos/a.tif")
        try scratch.write(TestPhoto.prepared(1), as: "photos/b.tif")
        try scratch.write(TestPhoto.prepared(2), as: "photos/c, d.tif")
        try scratch.write(TestPhoto.grey(width: 80, height: 60), as: "photos/grey.tif")
        try scratch.write(TestPhoto.prepared(3).prefix(9000), as: "photos/cut.tif")
    }

    /// One thread, so that sums are taken in one order.
    private static let environment = ["OMP_NUM_THREADS": "1"]

    private struct Summary: Decodable {
        struct Estimate: Decodable, Equatable {
            let value: Double
            let low: Double
            let high: Double
        }

        struct Row: Decodable {
            let model: String
            let vividness: Double?
            let psnr: Estimate
            let ssim: Estimate
            let ciede2000: Estimate
            let colorfulness: Estimate
            let lightnessError: Estimate
            let seconds: Estimate?
        }

        struct Pair: Decodable {
            struct Comparison: Decodable {
                let difference: Estimate
                let firstIsBetter: Double
            }
            let comparisons: [Comparison]
        }

        struct Curve: Decodable {
            struct Point: Decodable { let vividness: Double }
            let points: [Point]
        }

        let photographs: Int
        let grey: Int
        let problems: [String]
        let rows: [Row]
        let pairs: [Pair]
        let curves: [Curve]
    }

    private func evaluate(_ more: String...) throws -> (Summary, Program.Result) {
        let result = try Program.run(
            arguments: ["evaluate", scratch.path("photos"), "--json"] + more,
            environment: Self.environment)
        return (try JSONDecoder().decode(Summary.self, from: Data(result.output.utf8)), result)
    }

    @Test func `photographs are measured, grey left out, damaged ones named`() throws {
        let (summary, result) = try evaluate("--vividness", "0.5", "--vividness", "1")
        #expect(result.status == 1)
        #expect(result.error.contains("cut.tif"))
        #expect(summary.photographs == 3 && summary.grey == 1 && summary.problems.count == 1)
        #expect(summary.rows.map(\.model) == ["grey", "autochrome", "autochrome"])
        #expect(summary.rows.map(\.vividness) == [nil, 0.5, 1])
        #expect(summary.curves[0].points.count == 11)
        for row in summary.rows {
            #expect(row.ciede2000.low <= row.ciede2000.value)
            #expect(row.ciede2000.value <= row.ciede2000.high)
            // Colouring keeps lightness to the rounding of 8 bits.
            #expect(row.lightnessError.value < 0.2)
            #expect(row.ssim.value > 0 && row.ssim.value <= 1 && row.psnr.value > 5)
        }
        #expect(summary.rows[0].colorfulness.value < 0.5 && summary.rows[0].seconds == nil)
        #expect(summary.rows[1].colorfulness.value < summary.rows[2].colorfulness.value)
    }

    @Test func `a file a line a photograph, model and vividness, and a page`() throws {
        let (csv, page) = (scratch.path("figures.csv"), scratch.path("page.html"))
        let (summary, _) = try evaluate("--csv", csv, "--report", page)
        let lines = String(decoding: try scratch.read("figures.csv"), as: UTF8.self)
            .split(separator: "\n")
        #expect(lines.count == 1 + 3 * 12)
        #expect(lines[0].hasPrefix("photograph,model,vividness,saturation,psnr,ssim,ms_ssim_ab,"))
        #expect(lines.contains { $0.contains("c, d.tif\",autochrome,0.5,") })
        let values = lines.filter { $0.contains(",autochrome,0.5,") }.compactMap { line in
            line.split(separator: ",", omittingEmptySubsequences: false).dropLast(7).last
                .flatMap { Double($0) }
        }
        let mean = values.reduce(0, +) / Double(values.count)
        #expect(abs(mean - summary.rows[1].ciede2000.value) < 1e-9)
        let html = String(decoding: try scratch.read("page.html"), as: UTF8.self)
        #expect(html.contains("<polyline") && html.contains("data:image/jpeg;base64,"))
        #expect(!html.contains("src=\"/") && !html.contains("http"))
    }

    @Test func `a model compared with itself differs by nothing`() throws {
        let model = Program.root.appending(path: "Models/autochrome.safetensors").path
        let (summary, _) = try evaluate("--model", model, "--model", model)
        let comparisons = try #require(summary.pairs.first).comparisons
        #expect(summary.pairs.count == 1 && comparisons.count == 4)
        for comparison in comparisons {
            #expect(comparison.difference == .init(value: 0, low: 0, high: 0))
            #expect(comparison.firstIsBetter == 0.5)
        }
    }

    @Test func `processes that share the photographs come to the figures of one`() throws {
        let alone = try evaluate("--csv", scratch.path("alone.csv")).1
        let results = try Program.run(
            processes: 2, in: scratch.url,
            environment: Self.environment.merging([
                "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": "\(Program.meetingPort())",
            ]) { $1 },
            arguments: { rank in
                ["evaluate", scratch.path("photos"), "--csv", scratch.path("shared-\(rank).csv")]
            })
        for result in results { #expect(result.status == alone.status, "\(result.error)") }
        // Only the seconds at the ends of the lines differ.
        func figures(_ name: String) throws -> [Substring] {
            String(decoding: try scratch.read(name), as: UTF8.self).split(separator: "\n")
                .map { $0[..<($0.lastIndex(of: ",") ?? $0.endIndex)] }
        }
        #expect(try figures("shared-0.csv") == figures("alone.csv"))
        #expect(!scratch.exists("shared-1.csv"))
    }

    @Test func `a vividness out of range and a folder without colours are told`() throws {
        let wrong = try Program.run("evaluate", scratch.path("photos"), "--vividness", "2")
        #expect(wrong.status == 64)
        #expect(wrong.error.contains("--vividness is 2.0; it goes from 0 to 1."))
        let grey = try Program.run("evaluate", scratch.path("photos/grey.tif"))
        #expect(grey.status == 1)
        #expect(grey.error.contains("No photograph in colour could be measured."))
        let missing = try Program.run("evaluate", scratch.path("nothing"))
        #expect(missing.status == 1 && missing.error.contains("no such file"))
    }
}
