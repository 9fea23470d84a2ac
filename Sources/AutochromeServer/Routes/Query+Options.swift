internal import Autochrome
internal import HTTPTypes

extension Query {
    /// The options of `POST /v1/colorize`: those of the command line.
    func options(for model: ServedModel, maxPixels: Int) throws -> ColorizeOptions {
        try allow(
            "vividness", "saturation", "detail", "format", "quality", "compare", "recolor")
        var options = ColorizeOptions()
        options.vividness = try number("vividness", as: Double.self)
        options.saturation = try number("saturation", as: Float.self) ?? options.saturation
        options.detail = try number("detail", as: Int.self)
        options.quality = try number("quality", as: Int.self)
        options.compare = try flag("compare") ?? false
        options.skipsColored = try flag("recolor").map { !$0 } ?? false
        options.format = try format()
        options.maxPixels = maxPixels
        try options.validate()
        try model.check(options)
        return options
    }

    private func format() throws(Problem) -> PhotoFormat? {
        guard let text = try value("format") else { return nil }
        if let format = PhotoFormat(rawValue: text) ?? PhotoFormat(fileExtension: text) {
            return format
        }
        let names = PhotoFormat.allCases.map(\.rawValue).joined(separator: ", ")
        throw Problem(.badRequest, "format is \"\(text)\"; there are \(names).")
    }

    /// The two settings of a photograph of a session.
    func settings() throws -> Settings {
        try Settings(
            vividness: number("vividness", as: Double.self),
            saturation: number("saturation", as: Float.self))
    }
}
