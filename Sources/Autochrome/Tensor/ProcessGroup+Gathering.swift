extension ProcessGroup {
    /// Bytes a process sends at once.
    private static let block = 1 << 20

    /// The bytes of every process, by its place.
    ///
    /// Sent as numbers 0...255, each process's in a part of a list where the others have 0: the
    /// mean times the count is the number to far less than 0.5.
    package func gathered(_ bytes: [UInt8], on device: Device) throws(TensorError) -> [[UInt8]] {
        let length = UInt64(bytes.count).littleEndianBytes
        let lengths = try exchanged(length, on: device).map { digits in
            digits.reversed().reduce(0) { $0 << 8 | Int($1) }
        }
        var gathered = lengths.map { _ in [UInt8]() }
        let longest = lengths.max() ?? 0
        for start in stride(from: 0, to: longest, by: Self.block) {
            let size = min(Self.block, longest - start)
            let part = start < bytes.count ? bytes[start..<min(start + size, bytes.count)] : []
            let padded = Array(part) + Array(repeating: 0, count: size - part.count)
            for (place, received) in try exchanged(padded, on: device).enumerated() {
                gathered[place] += received
            }
        }
        return zip(gathered, lengths).map { Array($0.prefix($1)) }
    }

    /// As many bytes of every process as this one gives.
    private func exchanged(_ bytes: [UInt8], on device: Device) throws(TensorError) -> [[UInt8]] {
        var values = [Float](repeating: 0, count: bytes.count * count)
        for (index, byte) in bytes.enumerated() {
            values[rank * bytes.count + index] = Float(byte)
        }
        let mean = try mean(Tensor.values(values, shape: [values.count], on: device)).floats()
        return (0..<count).map { place in
            mean[place * bytes.count..<(place + 1) * bytes.count].map {
                UInt8(($0 * Float(count)).rounded())
            }
        }
    }
}
