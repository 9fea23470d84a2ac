/// An option whose value is out of its range.
public struct ColorizeOptionsError: Error, Equatable, CustomStringConvertible {
    /// The option's name, as in `vividness`.
    public let option: String

    /// Text after the name: the value and its range.
    let reason: String

    public var description: String { "\(option) \(reason)" }
}

extension ColorizeOptions {
    /// Checks every value against its range.
    public func validate() throws(ColorizeOptionsError) {
        if let vividness, !(0...1).contains(vividness) {
            throw .init(option: "vividness", reason: "is \(vividness); it goes from 0 to 1.")
        }
        guard (0...4).contains(saturation) else {
            throw .init(option: "saturation", reason: "is \(saturation); it goes from 0 to 4.")
        }
        if let detail, !(32...2048).contains(detail) {
            throw .init(option: "detail", reason: "is \(detail); it goes from 32 to 2048 pixels.")
        }
        if let quality, !(1...100).contains(quality) {
            throw .init(option: "quality", reason: "is \(quality); it goes from 1 to 100.")
        }
        if quality != nil, let format, !format.hasQuality {
            throw .init(
                option: "quality",
                reason: "is not for \(format.name), which is lossless.")
        }
    }
}
