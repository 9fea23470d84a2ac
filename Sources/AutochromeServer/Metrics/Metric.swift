/// One figure of `/metrics`.
struct Metric {
    let name: String
    let value: Double
    let help: String
    /// `gauge`, which rises and falls, or `counter`, which only rises.
    let type: String

    init(_ name: String, _ value: Double, _ help: String, type: String = "gauge") {
        (self.name, self.value, self.help, self.type) = (name, value, help, type)
    }

    /// Its three lines.
    var text: String {
        let number = value == value.rounded() ? "\(Int(value))" : "\(value)"
        return Self.head(name, type, help) + "\(name) \(number)\n"
    }

    /// The two lines before the values of a figure.
    static func head(_ name: String, _ type: String, _ help: String) -> String {
        "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }
}
