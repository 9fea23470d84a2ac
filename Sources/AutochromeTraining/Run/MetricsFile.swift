internal import SystemPackage

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// `metrics.jsonl`: a line a step.
final class MetricsFile {
    private let path: String
    private let descriptor: FileDescriptor
    /// The lines so far.
    private(set) var records: [StepRecord]
    private let encoder: JSONEncoder

    /// Opens the file and drops what was written after `step`, which will be written again.
    init(_ path: String, keeping step: Int) throws(TrainingError) {
        self.path = path
        encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data = FileManager.default.contents(atPath: path) ?? Data()
        let (decoder, newline) = (JSONDecoder(), UInt8(ascii: "\n"))
        var (records, end): ([StepRecord], Int) = ([], 0)
        // What follows the last line break was cut off when the process was killed.
        while let stop = data[end...].firstIndex(of: newline) {
            guard let record = try? decoder.decode(StepRecord.self, from: data[end..<stop]),
                record.step <= step
            else { break }
            records.append(record)
            end = stop + 1
        }
        self.records = records
        do {
            descriptor = try FileDescriptor.open(
                FilePath(path), .readWrite, options: [.create, .closeOnExec],
                permissions: [.ownerReadWrite, .groupRead, .otherRead])
            try descriptor.resize(to: Int64(end))
            try descriptor.seek(offset: Int64(end), from: .start)
        } catch {
            throw .file(path: path, reason: "cannot be written: \(error)")
        }
    }

    deinit { try? descriptor.close() }

    func append(_ record: StepRecord) throws(TrainingError) {
        records.append(record)
        do {
            _ = try descriptor.writeAll(encoder.encode(record) + [UInt8(ascii: "\n")])
        } catch {
            throw .file(path: path, reason: "cannot be written: \(error)")
        }
    }
}
