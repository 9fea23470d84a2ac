import Foundation
import Testing

/// `autochrome propose`.
@Suite struct ProposeCommandTests {
    private struct Report: Decodable {
        struct Proposal: Decodable {
            let color: String
            let likelihood: Double
        }
        let x: Double
        let lightness: Double
        let proposals: [Proposal]
    }

    let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        try scratch.write(TestPhoto.grey(width: 90, height: 60), as: "a.tif")
    }

    private func report(_ arguments: String...) throws -> Report {
        let result = try Program.run(
            arguments: ["propose", "a.tif", "--json"] + arguments, in: scratch.url)
        #expect(result.status == 0, "\(result.error)")
        return try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
    }

    @Test("It tells likely colours at the place's lightness, as lines and as JSON")
    func colors() throws {
        let result = try Program.run("propose", "a.tif", "--at", "0.5,0.2", in: scratch.url)
        #expect(result.status == 0, "\(result.error)")
        #expect(!result.results.isEmpty && result.results.count <= 9)
        #expect(result.results.allSatisfy { $0.wholeMatch(of: /#[0-9a-f]{6} \d+ %/) != nil })
        let report = try report("--at", "0.5,0.2")
        #expect(report.x == 0.5 && (70...90).contains(report.lightness))
        #expect(report.proposals.map(\.color) == result.results.map { String($0.prefix(7)) })
        let sum = report.proposals.reduce(0) { $0 + $1.likelihood }
        #expect(sum > 0.3 && sum <= 1.000001)
        #expect(try self.report("--at", "0.5,0.9").lightness < 60)
        #expect(try scratch.files() == ["a.tif"])
    }

    @Test("Hints and palettes change what is likely")
    func hints() throws {
        try ListeningModel.write(to: scratch.path("m.safetensors"))
        let arguments = ["--at", "0.5,0.2", "--model", "m.safetensors"]
        func proposals(_ more: String...) throws -> [String] {
            let result = try Program.run(
                arguments: ["propose", "a.tif"] + arguments + more, in: scratch.url)
            #expect(result.status == 0, "\(result.error)")
            return result.results
        }
        let plain = try proposals()
        let text = ##"{"version": 1, "points": [{"x": 0.4, "y": 0.2, "color": "#c02020"}]}"##
        try scratch.write(Data(text.utf8), as: "a.tif.hints.json")
        let hinted = try report(
            "--at", "0.5,0.2", "--model", "m.safetensors"
        ).proposals.map(\.likelihood)
        #expect(try proposals("--no-hints") == plain)
        let without = try report(
            "--at", "0.5,0.2", "--model", "m.safetensors", "--no-hints"
        ).proposals.map(\.likelihood)
        #expect(hinted != without)
    }

    @Test("What cannot be told is refused in a sentence")
    func refused() throws {
        for place in ["0.5", "2,0.5", "a,b", "0.5,0.5,0.5"] {
            let result = try Program.run("propose", "a.tif", "--at", place, in: scratch.url)
            #expect(result.status == 64, "\(place)")
        }
        let none = try Program.run("propose", "b.tif", "--at", "0,1", in: scratch.url)
        #expect(none.status == 1)
        #expect(none.error == "b.tif: cannot be read: no such file or directory.\n")
        try Data(#"{"version": 1, "palette": [{"color": null, "share": 1}]}"#.utf8)
            .write(to: scratch.url.appending(path: "p.json"))
        let deaf = try Program.run(
            "propose", "a.tif", "--at", "0,1", "--palette", "p.json", in: scratch.url)
        #expect(deaf.status == 1 && deaf.error.contains("listens to no hints"), "\(deaf.error)")
    }
}
