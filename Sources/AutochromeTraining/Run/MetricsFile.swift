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
    ///
    /// - Throws: `TrainingError.file` where a whole line is no record: nothing is dropped then.
    init(_ path: String, keeping step: Int) throws(TrainingError) {
        self.path = path
        encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            let file = try FileDescriptor.open(
                FilePath(path), .readWrite, options: [.create, .closeOnExec],
                permissions: [.ownerReadWrite, .groupRead, .otherRead])
            let bytes = try file.bytes(at: 0, count: .max)
            let kept = try Self.records(in: bytes, of: path, upTo: step)
            try file.resize(to: Int64(kept.end))
            try file.seek(offset: Int64(kept.end), from: .start)
            descriptor = file
            records = kept.records
        } catch let error as TrainingError {
            throw error
        } catch {
            throw .file(path: path, reason: "cannot be read and written: \(error)")
        }
    }

    /// The records of the steps up to `step`, and where their lines end.
    private static func records(
        in bytes: [UInt8], of path: String, upTo step: Int
    ) throws(TrainingError) -> (records: [StepRecord], end: Int) {
        let decoder = JSONDecoder()
        var (records, end): ([StepRecord], Int) = ([], 0)
        // What follows the last line break was cut off when the process was killed.
        while let stop = bytes[end...].firstIndex(of: UInt8(ascii: "\n")) {
            guard let record = try? decoder.decode(StepRecord.self, from: Data(bytes[end..<stop]))
            else {
                throw .file(
                    path: path,
                    reason: "line \(records.count + 1) is not a step's record; repair or remove "
                        + "the file, then give the same command again")
            }
            guard record.step <= step else { break }
            records.append(record)
            end = stop + 1
        }
        return (records, end)
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
