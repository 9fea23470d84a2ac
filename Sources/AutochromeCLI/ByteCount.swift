import ArgumentParser

/// A number of bytes, as in `200MB`.
struct ByteCount: ExpressibleByArgument {
    let bytes: Int

    init(bytes: Int) { self.bytes = bytes }

    init?(argument: String) {
        let upper = argument.uppercased()
        let count = upper.hasSuffix("B") ? String(upper.dropLast()) : upper
        guard let count = PixelCount(argument: count) else { return nil }
        bytes = count.pixels
    }

    var defaultValueDescription: String { "\(bytes / 1_000_000)MB" }
}
