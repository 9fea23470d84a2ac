/// What a network's encoder makes of lightness, and its decoder starts from.
package struct Features<Value: NetworkValue> {
    /// `[N, C, h, w]` each, from the finest to the coarsest.
    let planes: [Value]
    /// As `NetworkInput` has it.
    let isChannelsLast: Bool

    init(_ planes: [Value], isChannelsLast: Bool = false) {
        (self.planes, self.isChannelsLast) = (planes, isChannelsLast)
    }
}
