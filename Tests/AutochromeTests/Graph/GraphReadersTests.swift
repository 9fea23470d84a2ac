import Autochrome
import Foundation
import Testing

@Suite struct GraphReadersTests {
    @Test func `ONNX's checker and ONNX Runtime agree on every operation`() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "graphs-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for operation in GraphOperation.all {
            let model = try operation.model()
            let run = try GraphRunner(model, threads: 1)
            let runs = try GraphOperation.sizes.map { sizes in
                let inputs = try operation.values(sizes)
                return (inputs: inputs, outputs: try run(inputs))
            }
            try OnnxReaders.write(
                model, runs, within: GraphOperationTests.tolerance,
                to: folder.appending(path: operation.name))
        }
        let told = try OnnxReaders.agree(folder)
        let count = GraphOperation.all.count
        #expect(told.hasSuffix("\(count) of \(count) agree\n"))
    }

    @Test func `weights in fp16 are half the file and change little`() throws {
        let graph = Graph()
        let x = graph.input("x", ["N", 64, "H", "W"])
        let y = try x.convolved(with: .weights(64, 64, 3, 3), bias: .weights(64), padding: 1)
        try graph.output("y", y, ["N", 64, "H", "W"])
        let whole = try graph.serialized(GraphDescription(name: "one layer"))
        let half = try graph.serialized(GraphDescription(name: "one layer", isHalved: true))
        #expect(Double(half.count) < 0.51 * Double(whole.count))
        var numbers = SimpleNumbers()
        let values = try NumberArray((0..<4096).map { _ in numbers.next() }, shape: [1, 64, 8, 8])
        let expected = try #require(try GraphRunner(whole, threads: 1)(["x": values])["y"])
        let result = try #require(try GraphRunner(half, threads: 1)(["x": values])["y"])
        // 576 products of numbers that are rounded to 11 bits
        expectClose(result.values, expected.values, within: 0.02)
        #expect(result != expected)
    }
}

/// Programs in Python that read ONNX files.
enum OnnxReaders {
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().appending(path: "../../..").standardizedFileURL

    /// Writes a graph with what it is given and gives, for `agree` to compare.
    static func write(
        _ model: [UInt8], _ runs: [(inputs: [String: NumberArray], outputs: [String: NumberArray])],
        within tolerance: Float, to folder: URL
    ) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(model).write(to: folder.appending(path: "model.onnx"))
        for (index, run) in runs.enumerated() {
            for (name, array) in run.inputs.merging(run.outputs, uniquingKeysWith: { $1 }) {
                let data = array.values.withUnsafeBytes { Data($0) }
                try data.write(to: folder.appending(path: "\(index).\(name)"))
            }
        }
        let description: [String: Any] = [
            "tolerance": tolerance,
            "runs": runs.map { run in
                [
                    "inputs": run.inputs.mapValues(\.shape),
                    "outputs": run.outputs.mapValues(\.shape),
                ]
            },
        ]
        try JSONSerialization.data(withJSONObject: description)
            .write(to: folder.appending(path: "case.json"))
    }

    /// Has them read all graphs in a folder; what they say.
    static func agree(_ folder: URL) throws -> String {
        let python = root.appending(path: ".deps/test/bin/python")
        try #require(
            FileManager.default.isExecutableFile(atPath: python.path),
            "ONNX Runtime is missing; run Scripts/setup test")
        let process = Process()
        let pipe = Pipe()
        process.executableURL = python
        process.arguments = [
            "-B", root.appending(path: "Tests/OpenVINO/onnx_readers.py").path, folder.path,
        ]
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let told = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(told.suffix(6000))")
        return told
    }
}
