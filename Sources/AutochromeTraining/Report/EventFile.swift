internal import Autochrome

/// The curves as TensorBoard reads them: an event file, which is a TFRecord file of `Event`
/// messages in Protocol Buffers' encoding (tensorflow/core/util/event.proto).
package enum EventFile {
    /// Replaces the folder's event file by one with these steps.
    ///
    /// One name for all time: TensorBoard then never sees a step twice, as it would after a run
    /// that was killed went over its last steps again.
    package static func write(
        _ records: [StepRecord], in folder: String
    ) throws(TrainingError) {
        let start = Int(records.first?.time ?? 0)
        var bytes = record(event(time: Double(start), field(3, text: "brain.Event:2")))
        for step in records {
            let content = field(2, step.step) + field(5, bytes: summary(of: step))
            bytes += record(event(time: step.time, content))
        }
        try WholeFile.write(bytes, to: "\(folder)/events.out.tfevents.\(start).autochrome")
    }

    /// The data between its length and check sums, which are masked so that a check sum over data
    /// that hold one is not weak.
    private static func record(_ data: [UInt8]) -> [UInt8] {
        let length = little(UInt64(data.count))
        return length + little(masked(length)) + data + little(masked(data))
    }

    private static func masked(_ data: [UInt8]) -> UInt32 {
        let crc = CRC32C.checksum(data)
        return (crc >> 15 | crc << 17) &+ 0xA282_EAD8
    }

    private static func event(time: Double, _ content: [UInt8]) -> [UInt8] {
        [1 << 3 | 1] + little(time.bitPattern) + content
    }

    private static func summary(of step: StepRecord) -> [UInt8] {
        var values = value("loss", step.loss)
        values += value("learning rate", Float(step.learningRate))
        values += value("photographs a second", Float(step.photographsPerSecond))
        if let loss = step.evaluation { values += value("evaluation loss", loss) }
        return values
    }

    /// A `Summary.Value` as an element of a `Summary`.
    private static func value(_ tag: String, _ value: Float) -> [UInt8] {
        field(1, bytes: field(1, text: tag) + [2 << 3 | 5] + little(value.bitPattern))
    }

    private static func field(_ number: UInt8, _ value: Int) -> [UInt8] {
        [number << 3] + varint(UInt64(value))
    }

    private static func field(_ number: UInt8, text: String) -> [UInt8] {
        field(number, bytes: Array(text.utf8))
    }

    private static func field(_ number: UInt8, bytes: [UInt8]) -> [UInt8] {
        [number << 3 | 2] + varint(UInt64(bytes.count)) + bytes
    }

    private static func varint(_ value: UInt64) -> [UInt8] {
        var (rest, bytes): (UInt64, [UInt8]) = (value, [])
        while rest > 0x7F {
            bytes.append(UInt8(rest & 0x7F) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }

    private static func little(_ value: some FixedWidthInteger) -> [UInt8] {
        value.littleEndianBytes
    }
}
