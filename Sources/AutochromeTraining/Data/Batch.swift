internal import Autochrome

/// Samples side by side, as tensors.
struct Batch {
    /// L* `[N, 1, S, S]`, with hints and palettes where samples have them.
    let input: NetworkInput<Tensor>
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
        input = NetworkInput(
            lightness: channelsLast ? try plane.channelsLast() : plane,
            hints: try Self.hints(of: samples, size: size / 4, on: device),
            palette: try Self.palettes(of: samples, on: device), isChannelsLast: channelsLast)
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

    /// `[N, 3, side, side]`; nil where no sample has hints.
    private static func hints(
        of samples: ArraySlice<TrainingSample>, size side: Int, on device: Device
    ) throws(TensorError) -> Tensor? {
        guard samples.contains(where: { $0.hints != nil }) else { return nil }
        let none = [Float](repeating: 0, count: 3 * side * side)
        return try Tensor.values(
            samples.flatMap { $0.hints ?? none }, shape: [samples.count, 3, side, side],
            on: device)
    }

    /// `[N, 262]`; nil where no sample has a palette.
    private static func palettes(
        of samples: ArraySlice<TrainingSample>, on device: Device
    ) throws(TensorError) -> Tensor? {
        let given = samples.map(\.palette)
        let palettes = given.compactMap { $0 }
        guard !palettes.isEmpty else { return nil }
        let none = [Float](repeating: 0, count: ColorBins.count + 1)
        var (values, next): ([Float], Int) = ([], 0)
        for palette in given {
            guard let palette else {
                values += none
                continue
            }
            next += 1
            values += palette.plane(mixedWith: palettes[next % palettes.count])
        }
        return try Tensor.values(
            values, shape: [samples.count, ColorBins.count + 1], on: device)
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
