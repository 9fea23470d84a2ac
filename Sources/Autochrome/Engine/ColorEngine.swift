/// Engine that computes a network's three parts: OpenVINO, or libtorch.
///
/// Not `Sendable`: `ColorNetwork` owns one for asynchronous code.
protocol ColorEngine {
    /// Where it keeps numbers.
    associatedtype Value

    /// The library that it computes with.
    static var library: EngineLibrary { get }

    /// The network's type.
    var network: any Network.Type { get }

    func value(_ floats: [Float], shape: [Int]) throws(TensorError) -> Value
    func array(_ value: Value) throws(TensorError) -> NumberArray

    /// Engine for the second look at a picture, while this holds the result of the first; nil
    /// where there is none.
    var secondLook: Self? { get }

    /// L* `[1, 1, H, W]` to features.
    func features(of lightness: Value) throws(TensorError) -> [Value]

    /// Features, hints `[1, 3, H/4, W/4]` and a palette `[1, 262]` to logits or a*b*.
    func output(
        from features: [Value], hints: Value?, palette: Value?
    ) throws(TensorError) -> Value

    /// The output of two looks.
    func averaged(_ first: Value, _ second: Value) throws(TensorError) -> Value

    /// Logits to a*b* `[1, 2, h, w]`.
    func colors(from logits: Value, vividness: Double) throws(TensorError) -> Value
}

extension ColorEngine {
    /// The encoder's part of a picture.
    func encoding(of lightness: Plane) throws(TensorError) -> Encoding {
        var encoding = Encoding(planes: try arrays(features(of: lightness)))
        if let secondLook {
            let smaller = lightness.secondLook(multiple: network.multiple)
            encoding.second = try secondLook.arrays(secondLook.features(of: smaller))
        }
        return encoding
    }

    /// Prediction of the network for a picture whose encoding is known.
    func prediction(
        from encoding: Encoding, hints: HintPlane?, palette: [Float]?
    ) throws(TensorError) -> Prediction {
        let whole = try output(from: values(encoding.planes), hints, palette)
        guard let secondLook else { return Prediction(try array(whole)) }
        let smaller = try secondLook.output(
            from: secondLook.values(encoding.second), hints, palette)
        return Prediction(try array(averaged(whole, smaller)))
    }

    private func arrays(_ planes: [Value]) throws(TensorError) -> [NumberArray] {
        var arrays: [NumberArray] = []
        for plane in planes { arrays.append(try array(plane)) }
        return arrays
    }

    private func values(_ arrays: [NumberArray]) throws(TensorError) -> [Value] {
        var values: [Value] = []
        for array in arrays { values.append(try value(array.values, shape: array.shape)) }
        return values
    }

    /// Prediction of the network for a picture.
    func prediction(for planes: InputPlanes) throws(TensorError) -> Prediction {
        Prediction(try array(output(for: planes)))
    }

    /// The a*b* planes for a picture.
    func ab(for planes: InputPlanes, vividness: Double?) throws(TensorError) -> ChromaPlanes {
        try ab(from: output(for: planes), vividness)
    }

    /// The a*b* planes that a prediction stands for.
    func ab(from prediction: Prediction, vividness: Double?) throws(TensorError) -> ChromaPlanes {
        try ab(from: value(prediction.values, shape: prediction.shape), vividness)
    }

    private func output(for planes: InputPlanes) throws(TensorError) -> Value {
        let whole = try output(
            from: features(of: planes.lightness), planes.hints, planes.palette)
        guard let secondLook else { return whole }
        let smaller = planes.lightness.secondLook(multiple: network.multiple)
        return try averaged(
            whole,
            secondLook.output(
                from: secondLook.features(of: smaller), planes.hints, planes.palette))
    }

    private func features(of lightness: Plane) throws(TensorError) -> [Value] {
        let (sides, multiple) = ([lightness.height, lightness.width], network.multiple)
        guard sides.allSatisfy({ $0 > 0 && $0 % multiple == 0 }) else {
            throw .invalid(
                operation: "\(network.name)", shapes: [sides],
                reason: "the sides of a picture are multiples of \(multiple)")
        }
        return try features(of: value(lightness.values, shape: [1, 1] + sides))
    }

    private func output(
        from features: [Value], _ hints: HintPlane?, _ palette: [Float]?
    ) throws(TensorError) -> Value {
        guard (hints == nil && palette == nil) || network.takesHints else {
            throw .invalid(
                operation: "hints", shapes: [],
                reason: "\(network.name) takes no hints and no palette")
        }
        var given: (hints: Value?, palette: Value?) = (nil, nil)
        if let hints {
            given.hints = try value(hints.values, shape: [1, 3, hints.height, hints.width])
        }
        if let palette {
            given.palette = try value(palette + [1], shape: [1, palette.count + 1])
        }
        return try output(from: features, hints: given.hints, palette: given.palette)
    }

    private func ab(from output: Value, _ vividness: Double?) throws(TensorError) -> ChromaPlanes {
        try network.check(vividness)
        guard network.givesDistribution else { return try ChromaPlanes(array(output)) }
        return try ChromaPlanes(
            array(colors(from: output, vividness: vividness ?? ReadoutRule.defaultVividness)))
    }
}

/// Three quarters of a picture's size.
enum SecondLook {
    static let (numerator, denominator) = (3, 4)
}

extension Plane {
    /// The picture at three quarters of its size, its sides in multiples of `multiple`.
    fileprivate func secondLook(multiple: Int) -> Plane {
        let sides = [width, height].map { side in
            let share = side * SecondLook.numerator / SecondLook.denominator
            return max(multiple, (share + multiple / 2) / multiple * multiple)
        }
        return resized(toWidth: sides[0], height: sides[1])
    }
}
