/// Features that a network's encoder computes from lightness, for its decoder.
package struct Features<Value: NetworkValue> {
    /// `[N, C, h, w]` each, from the finest to the coarsest.
    let planes: [Value]
    /// As `NetworkInput` has it.
    let isChannelsLast: Bool

    init(_ planes: [Value], isChannelsLast: Bool = false) {
        (self.planes, self.isChannelsLast) = (planes, isChannelsLast)
    }
}
