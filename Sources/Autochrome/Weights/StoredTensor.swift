#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// A tensor as a file holds it: plain bytes with a type and a shape.
///
/// Tensors of one file share its bytes. They are little-endian, as in the file; every machine this
/// runs on is.
package struct StoredTensor: Sendable, Equatable {
    /// Element type.
    package let scalarType: ScalarType
    /// The sizes of its dimensions, outermost first.
    package let shape: [Int]
    let data: Data

    init(scalarType: ScalarType, shape: [Int], data: Data) {
        self.scalarType = scalarType
        self.shape = shape
        self.data = data
    }

    /// These values, row-major, in float32.
    package init(_ values: [Float], shape: [Int]) {
        let data = values.withUnsafeBytes { Data($0) }
        self.init(scalarType: .float32, shape: shape, data: data)
    }

    /// Halves by their bytes, little-endian and row-major.
    package init(halves bytes: [UInt8], shape: [Int]) {
        self.init(scalarType: .float16, shape: shape, data: Data(bytes))
    }

    /// The values of a tensor, in its own type.
    package init(_ tensor: Tensor) throws(TensorError) {
        let scalarType = tensor.scalarType ?? .float32
        let source = try tensor.converted(to: scalarType)
        let shape = tensor.shape
        var data = Data(count: shape.reduce(scalarType.size, *))
        let copied = data.withUnsafeMutableBytes { bytes in
            Result { () throws(TensorError) in try source.copy(to: bytes) }
        }
        try copied.get()
        self.init(scalarType: scalarType, shape: shape, data: data)
    }

    /// Number of elements.
    package var count: Int { shape.reduce(1, *) }

    /// A tensor of libtorch with these values, in float32 unless they are integers.
    package func tensor(on device: Device) throws(TensorError) -> Tensor {
        let tensor = data.withUnsafeBytes { bytes in
            Result { () throws(TensorError) in
                try Tensor.bytes(bytes, as: scalarType, shape: shape, on: device)
            }
        }
        return try tensor.get().converted(to: scalarType == .int64 ? .int64 : .float32)
    }

    /// The values as float32. O(elements).
    package func floats() -> [Float] {
        switch scalarType {
        case .float32: elements(Float.self) { $0 }
        case .float16: elements(UInt16.self, Self.float(half:))
        case .bfloat16: elements(UInt16.self) { Float(bitPattern: UInt32($0) << 16) }
        case .int64: elements(Int64.self) { Float($0) }
        case .uint8: elements(UInt8.self) { Float($0) }
        case .int16: elements(Int16.self) { Float($0) }
        }
    }

    /// `convert` of each element.
    @inline(__always)
    private func elements<Element: BitwiseCopyable>(
        _ type: Element.Type, _ convert: (Element) -> Float
    ) -> [Float] {
        data.withUnsafeBytes { bytes in
            [Float](unsafeUninitializedCapacity: count) { target, initialized in
                for i in 0..<count {
                    target[i] = convert(
                        bytes.loadUnaligned(
                            fromByteOffset: i * MemoryLayout<Element>.size, as: Element.self))
                }
                initialized = count
            }
        }
    }

    /// The value of a half: `Float(Float16)` calls a function for each where the processor is not
    /// known to convert. Exponent and significand moved to their places are 2^-112 of the value;
    /// infinities and NaN keep the largest exponent.
    @inline(__always)
    private static func float(half: UInt16) -> Float {
        let bits = UInt32(half)
        let magnitude = Float(bitPattern: (bits & 0x7FFF) << 13) * 0x1p112
        let special: UInt32 = bits & 0x7C00 == 0x7C00 ? 0x7F80_0000 : 0
        return Float(bitPattern: magnitude.bitPattern | special | (bits & 0x8000) << 16)
    }

    /// The same values as fp16, rounded to the nearest; nil when one is finite and too large.
    func halved() -> StoredTensor? {
        let values = floats().map { ($0, Float16($0)) }
        if values.contains(where: { $0.isFinite && !$1.isFinite }) { return nil }
        let data = values.map(\.1).withUnsafeBytes { Data($0) }
        return StoredTensor(scalarType: .float16, shape: shape, data: data)
    }
}
