extension String {
    /// The text with its control characters, line breaks aside, as `\u{1B}`: what a file says of
    /// itself must not command the terminal it is shown on.
    package var printable: String {
        String(String.UnicodeScalarView(unicodeScalars.flatMap(Self.printable)))
    }

    private static func printable(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        guard scalar.properties.generalCategory == .control, scalar != "\n" else { return [scalar] }
        return Array("\\u{\(String(scalar.value, radix: 16, uppercase: true))}".unicodeScalars)
    }
}
