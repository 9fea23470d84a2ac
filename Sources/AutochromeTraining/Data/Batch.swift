internal import Autochrome

/// Samples side by side, as tensors.
struct Batch {
    /// L* `[N, 1, S, S]`.
    let lightness: Tensor
    /// a*b* `[N, 2, S, S]`, or `[N, 2, S/4, S/4]` beside cells.
    let colors: Tensor
    /// `[N, 4, S/4, S/4]` of whole numbers.
    let cells: Tensor?
    /// The parts that cells take, `[N, 4, S/4, S/4]`.
    let parts: Tensor?

    init(
        _ samples: ArraySlice<TrainingSample>, size: Int, on device: Device, channelsLast: Bool
    ) throws(TensorError) {
        let n = samples.count
        let plane = try Tensor.values(
            samples.flatMap(\.lightness), shape: [n, 1, size, size], on: device)
        lightness = channelsLast ? try plane.channelsLast() : plane
        var (colors, cells, parts): ([Float], [Int64], [Float]) = ([], [], [])
        for sample in samples {
            switch sample.target {
            case .colors(let values): colors += values
            case .cells(let indices, let shares, let values):
                colors += values
                cells += indices
                parts += shares
            }
        }
        let side = cells.isEmpty ? size : size / 4
        self.colors = try Tensor.values(colors, shape: [n, 2, side, side], on: device)
        let shape = [n, 4, side, side]
        self.cells = cells.isEmpty ? nil : try Tensor.wholes(cells, shape: shape, on: device)
        self.parts = cells.isEmpty ? nil : try Tensor.values(parts, shape: shape, on: device)
    }
}

extension Tensor {
    /// A tensor with these whole numbers, row-major.
    static func wholes(
        _ values: [Int64], shape: [Int], on device: Device
    ) throws(TensorError) -> Tensor {
        let tensor = values.withUnsafeBytes { bytes in
            Result { () throws(TensorError) in
                try Tensor.bytes(bytes, as: .int64, shape: shape, on: device)
            }
        }
        return try tensor.get()
    }
}
