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
    /// What each element is.
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

    /// How many elements there are.
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
        data.withUnsafeBytes { bytes in
            (0..<count).map { i in
                switch scalarType {
                case .float32: bytes.loadUnaligned(fromByteOffset: 4 * i, as: Float.self)
                case .float16:
                    Float(bytes.loadUnaligned(fromByteOffset: 2 * i, as: Float16.self))
                case .bfloat16:
                    Float(
                        bitPattern: UInt32(
                            bytes.loadUnaligned(fromByteOffset: 2 * i, as: UInt16.self)) << 16)
                case .int64:
                    Float(bytes.loadUnaligned(fromByteOffset: 8 * i, as: Int64.self))
                case .uint8: Float(bytes[i])
                case .int16:
                    Float(bytes.loadUnaligned(fromByteOffset: 2 * i, as: Int16.self))
                }
            }
        }
    }

    /// The same values as fp16, rounded to the nearest; nil when one is finite and too large.
    func halved() -> StoredTensor? {
        let values = floats().map { ($0, Float16($0)) }
        if values.contains(where: { $0.isFinite && !$1.isFinite }) { return nil }
        let data = values.map(\.1).withUnsafeBytes { Data($0) }
        return StoredTensor(scalarType: .float16, shape: shape, data: data)
    }
}
