/// A pre-norm transformer block (Vaswani et al., 2017; Xiong et al., 2020) over the places of a
/// plane. Each head's attention falls with the distance, by a slope that it learns (after ALiBi,
/// Press et al., 2022, here in two dimensions), so that any size and shape works. A depthwise
/// convolution comes first, which tells a place of its neighbours (Chu et al., 2021, "CPVT").
struct TransformerBlock<Value: NetworkValue> {
    private let position: Convolution<Value>
    private let norms: [LayerNorm<Value>]
    private let queryKeyValue: Linear<Value>
    private let output: Linear<Value>
    private let expand: Linear<Value>
    private let contract: Linear<Value>
    /// `[heads]`; softplus of it is what a pixel of distance takes from the logit.
    private let slope: Value
    private let width: Int
    private let heads: Int

    init(_ parameters: Parameters<Value>, width: Int, heads: Int) throws(WeightsError) {
        (self.width, self.heads) = (width, heads)
        position = try Convolution(
            parameters["position"], from: width, to: width, kernel: 3, groups: width, bias: true)
        norms = [
            try LayerNorm(parameters["norm1"], channels: width),
            try LayerNorm(parameters["norm2"], channels: width),
        ]
        queryKeyValue = try Linear(parameters["qkv"], from: width, to: 3 * width)
        output = try Linear(parameters["output"], from: width, to: width)
        expand = try Linear(parameters["expand"], from: width, to: 2 * width)
        contract = try Linear(parameters["contract"], from: 2 * width, to: width)
        slope = try parameters.tensor("slope", [heads])
    }

    /// - Parameter distances: between the places of `x`, `[h w, h w]`.
    func callAsFunction(_ x: Value, distances: Value) throws(TensorError) -> Value {
        let x = try x + position(x)  // [N, C, h, w]
        var tokens = try x.flattened().transposed()  // [N, h w, C]
        tokens = try tokens + output(attention(norms[0](tokens), distances: distances))
        tokens = try tokens + contract(expand(norms[1](tokens)).gelu())
        return try tokens.transposed().unflattened(like: x)
    }

    /// Every place's mean of the others' values, by likeness less distance. `[N, h w, C]`
    private func attention(_ tokens: Value, distances: Value) throws(TensorError) -> Value {
        let (free, each) = (Value.free, width / heads)
        let parts = try queryKeyValue(tokens).reshaped(to: [free, free, 3 * heads, each])
            .permuted(to: [0, 2, 1, 3])  // [N, 3 heads, h w, C / heads]
        func part(_ place: Int) throws(TensorError) -> Value {
            try parts.narrowed(dimension: 1, to: place * heads..<(place + 1) * heads)
        }
        let (query, key, value) = (try part(0), try part(1), try part(2))
        let scale = 1 / Double(each).squareRoot()
        let logits =
            try query.scaled(by: scale, plus: 0).matrixProduct(key.transposed())
            - distances * slope.softplus().reshaped(to: [1, heads, 1, 1])
        return try logits.softmax(over: 3).matrixProduct(value)
            .permuted(to: [0, 2, 1, 3]).reshaped(to: [free, free, width])
    }
}
