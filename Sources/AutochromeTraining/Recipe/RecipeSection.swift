internal import Autochrome

/// The keys of one level of a recipe; asks for each, and complains about those nobody asked for.
struct RecipeSection {
    private let file: String
    private let path: String
    private let values: [String: YAMLNode]
    private var known: Set<String> = []

    /// Aliases of aliases stand for so much that reading them would not end.
    private static let mostAliases = 8

    /// The top level of a file's text.
    init(_ text: String, file: String) throws(TrainingError) {
        let aliases = text.matches(of: /\*[A-Za-z0-9_-]/).count
        guard aliases <= Self.mostAliases else {
            throw .recipe(
                file: file,
                reason: "\(aliases) values are aliases, as `*name`, and a recipe takes at most "
                    + "\(Self.mostAliases); write out what they stand for.")
        }
        let node: YAMLNode?
        do {
            node = try YAMLNode.reading(text)
        } catch {
            throw .recipe(file: file, reason: "this is not YAML: \(error.reason).")
        }
        guard let node, node.mapping != nil else {
            throw .recipe(file: file, reason: "keys and values are expected, as in `epochs: 30`.")
        }
        self.init(node, path: "", file: file)
    }

    private init(_ node: YAMLNode?, path: String, file: String) {
        self.file = file
        self.path = path
        values = node?.mapping ?? [:]
    }

    /// The keys under `name`; none where it is not there.
    mutating func section(_ name: String) throws(TrainingError) -> RecipeSection {
        known.insert(name)
        if let node = values[name], node.mapping == nil, !node.isNull {
            throw fault(name, "keys and values", verb: "are")
        }
        return RecipeSection(values[name], path: "\(path)\(name).", file: file)
    }

    /// Whether the key is there; who asks for its value makes it known.
    func has(_ name: String) -> Bool { values[name] != nil }

    /// The keys under `name`, or nil where it is not there.
    mutating func optionalSection(_ name: String) throws(TrainingError) -> RecipeSection? {
        let section = try section(name)
        return values[name] == nil ? nil : section
    }

    /// The keys of each element of the list under `name`; none where it is not there.
    mutating func sections(_ name: String) throws(TrainingError) -> [RecipeSection] {
        known.insert(name)
        guard let node = values[name], !node.isNull else { return [] }
        guard let elements = node.sequence, !elements.isEmpty,
            elements.allSatisfy({ $0.mapping != nil })
        else { throw fault(name, "a list of keys and values", verb: "is") }
        return elements.enumerated().map { place, element in
            RecipeSection(element, path: "\(path)\(name)[\(place)].", file: file)
        }
    }

    /// A number in `range`.
    mutating func number(
        _ name: String, or standard: Double? = nil, in range: ClosedRange<Double> = 0...1e9
    ) throws(TrainingError) -> Double {
        let expected = "a number from \(range.lowerBound) to \(range.upperBound)"
        return try number(name, or: standard, expected) { range.contains($0) }
    }

    /// The share that a running mean keeps of the old: one that keeps all of it never moves.
    mutating func share(
        _ name: String, or standard: Double? = nil
    ) throws(TrainingError) -> Double {
        try number(name, or: standard, "a number from 0 to below 1") { $0 >= 0 && $0 < 1 }
    }

    private mutating func number(
        _ name: String, or standard: Double?, _ expected: String, isTaken: (Double) -> Bool
    ) throws(TrainingError) -> Double {
        guard let node = try node(name, isNeeded: standard == nil) else { return standard ?? 0 }
        guard let value = node.number, isTaken(value) else {
            throw fault(name, expected)
        }
        return value
    }

    /// A number, or nil where the key is not there.
    mutating func optionalNumber(_ name: String) throws(TrainingError) -> Double? {
        known.insert(name)
        return values[name] == nil ? nil : try number(name)
    }

    /// A share, or nil where the key is not there.
    mutating func optionalShare(_ name: String) throws(TrainingError) -> Double? {
        known.insert(name)
        return values[name] == nil ? nil : try share(name)
    }

    /// Numbers in `range` under `name` by keys that are free.
    mutating func numbers(
        _ name: String, in range: ClosedRange<Double>
    ) throws(TrainingError) -> [String: Double] {
        var section = try section(name)
        var numbers: [String: Double] = [:]
        for key in section.values.keys { numbers[key] = try section.number(key, in: range) }
        return numbers
    }

    /// A whole number in `range`.
    mutating func whole(
        _ name: String, or standard: Int? = nil, in range: ClosedRange<Int> = 0...1_000_000_000
    ) throws(TrainingError) -> Int {
        guard let node = try node(name, isNeeded: standard == nil) else { return standard ?? 0 }
        guard let value = node.whole, range.contains(value) else {
            throw fault(
                name, "a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    mutating func flag(_ name: String, or standard: Bool) throws(TrainingError) -> Bool {
        guard let node = try node(name, isNeeded: false) else { return standard }
        guard let value = node.bool else { throw fault(name, "true or false") }
        return value
    }

    mutating func text(_ name: String, or standard: String) throws(TrainingError) -> String {
        guard let node = try node(name, isNeeded: false) else { return standard }
        guard let value = node.string else { throw fault(name, "a word") }
        return value
    }

    /// One of the words of `Choice`.
    mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String, or standard: Choice? = nil
    ) throws(TrainingError) -> Choice where Choice.RawValue == String {
        let node = try node(name, isNeeded: standard == nil)
        if node == nil, let standard { return standard }
        guard let value = node?.string.flatMap(Choice.init(rawValue:)) else {
            throw fault(name, Choice.allCases.map(\.rawValue).joined(separator: " or "))
        }
        return value
    }

    /// Complains about keys that nobody asked for.
    func finish() throws(TrainingError) {
        guard let name = values.keys.filter({ !known.contains($0) }).sorted().first else { return }
        throw .recipe(
            file: file,
            reason: "the key \(path)\(name) is unknown; those known here are "
                + known.sorted().joined(separator: ", ") + ".")
    }

    /// Complains about keys that `network` has no use for.
    func refuse(_ names: [String], for network: NetworkKind) throws(TrainingError) {
        guard let name = names.first(where: { values[$0] != nil }) else { return }
        throw .recipe(
            file: file,
            reason: "\(path)\(name) says nothing to \(network.rawValue); leave it out.")
    }

    private mutating func node(
        _ name: String, isNeeded: Bool
    ) throws(TrainingError) -> YAMLNode? {
        known.insert(name)
        if values[name] == nil, isNeeded {
            throw .recipe(file: file, reason: "the key \(path)\(name) is missing.")
        }
        return values[name]
    }

    private func fault(
        _ name: String, _ expected: String, verb: String = "is"
    ) -> TrainingError {
        let found = values[name]?.string.map { "\"\($0)\"" } ?? "something else"
        return .recipe(
            file: file, reason: "\(path)\(name) is \(found); \(expected) \(verb) expected.")
    }
}
