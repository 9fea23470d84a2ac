package import Autochrome

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension EvaluationResult {
    /// What one process has found.
    private struct Part: Codable {
        let records: [PhotoRecord]
        let grey: [String]
        let problems: [String]
        let peakMemory: [Int]
    }

    /// The results of all processes as one, as a single process would have had it.
    ///
    /// - Throws: `TensorError` where the processes lose each other.
    package func gathered(by group: ProcessGroup, on device: Device) throws -> EvaluationResult {
        let encoder = JSONEncoder()
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        let part = Part(
            records: records, grey: grey, problems: problems, peakMemory: peakMemory)
        let bytes = try group.gathered([UInt8](encoder.encode(part)), on: device)
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        let parts = try bytes.map { try decoder.decode(Part.self, from: Data($0)) }
        var result = self
        result.records = parts.flatMap(\.records).sorted { $0.place < $1.place }
        result.grey = parts.flatMap(\.grey)
        result.problems = parts.flatMap(\.problems)
        result.peakMemory = models.indices.map { model in
            parts.map { $0.peakMemory[model] }.max() ?? 0
        }
        return result
    }
}
