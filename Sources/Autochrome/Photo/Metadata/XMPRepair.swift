/// Takes out of an XMP packet what stands in it twice: a property may be there once (XMP
/// specification part 1, 7.4), and Adobe's toolkit drops a whole packet for the second.
struct XMPRepair {
    /// The packet without second properties.
    private(set) var packet: [UInt8]

    /// Their names, as the packet writes them; the first eight.
    private(set) var doubled: [String] = []

    /// An element that is open.
    private struct Element {
        let name: String
        let start: Int

        /// Where the names of its properties are collected; nil where it has none.
        let properties: Int?
        let isDoubled: Bool
    }

    /// Maximum nesting depth of elements; deeper ones are ignored.
    private static let deepest = 100

    private var cuts: [Range<Int>] = []
    private var open: [Element] = []
    private var seen: [Set<String>] = [[]]
    private var place = 0

    /// - Complexity: O(bytes).
    init(_ packet: [UInt8]) {
        self.packet = packet
        while let start = packet[place...].firstIndex(of: UInt8(ascii: "<")) {
            place = start
            guard readMarkup() else { break }
        }
        var kept: [UInt8] = []
        var end = 0
        for cut in cuts.sorted(by: { $0.lowerBound < $1.lowerBound }) where cut.lowerBound >= end {
            kept += packet[end..<cut.lowerBound]
            end = cut.upperBound
        }
        self.packet = kept + packet[end...]
    }

    /// Reads the markup at the place; false if it has no end.
    private mutating func readMarkup() -> Bool {
        for (start, end) in [("<!--", "-->"), ("<![CDATA[", "]]>"), ("<?", "?>"), ("<!", ">")]
        where packet[place...].starts(with: start.utf8) {
            return skip(past: Array(end.utf8))
        }
        return readTag()
    }

    private mutating func skip(past end: [UInt8]) -> Bool {
        while place + end.count <= packet.count {
            if packet[place...].starts(with: end) {
                place += end.count
                return true
            }
            place += 1
        }
        return false
    }

    private mutating func readTag() -> Bool {
        let start = place
        place += 1
        let isEnd = place < packet.count && packet[place] == UInt8(ascii: "/")
        if isEnd { place += 1 }
        let name = word()
        guard isEnd || open.count < Self.deepest else { return false }
        if !isEnd { begin(name, at: start) }
        while let byte = next() {
            switch byte {
            case UInt8(ascii: ">"):
                place += 1
                if isEnd { end(name) }
                return true
            case UInt8(ascii: "/"):
                place += 1
                if packet[place...].first == UInt8(ascii: ">") {
                    place += 1
                    end(name)
                    return true
                }
            default:
                guard readAttribute() else { return false }
            }
        }
        return false
    }

    private mutating func begin(_ name: String, at start: Int) {
        let parent = open.last
        let isDoubled = parent?.properties.map { !add(name, to: $0) } ?? false
        var properties: Int?
        if Self.local(name) == "Description" {
            // All descriptions right under RDF are of one thing.
            properties = parent.map { Self.local($0.name) == "RDF" } == true ? 0 : seen.count
            if properties == seen.count { seen.append([]) }
        }
        open.append(
            Element(name: name, start: start, properties: properties, isDoubled: isDoubled))
    }

    /// Whether the name is new there.
    private mutating func add(_ name: String, to properties: Int) -> Bool {
        guard !seen[properties].insert(name).inserted else { return true }
        if !open.contains(where: \.isDoubled), !doubled.contains(name), doubled.count < 8 {
            doubled.append(name)
        }
        return false
    }

    /// An end without its beginning is passed over.
    private mutating func end(_ name: String) {
        guard let index = open.lastIndex(where: { $0.name == name }) else { return }
        if open[index].isDoubled { cuts.append(open[index].start..<place) }
        open.removeSubrange(index...)
    }

    private mutating func readAttribute() -> Bool {
        let start = place
        let name = word()
        guard !name.isEmpty, next() == UInt8(ascii: "=") else { return false }
        place += 1
        guard let quote = next(), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
            let last = packet[(place + 1)...].firstIndex(of: quote)
        else { return false }
        let value = packet[(place + 1)..<last]
        place = last + 1
        note(name, value, start..<place)
        return true
    }

    /// A description's attributes are properties, too; an element of the type Resource has some.
    private mutating func note(_ name: String, _ value: ArraySlice<UInt8>, _ range: Range<Int>) {
        guard let element = open.last else { return }
        if name == "rdf:parseType", value.elementsEqual("Resource".utf8) {
            open[open.count - 1] = Element(
                name: element.name, start: element.start, properties: seen.count,
                isDoubled: element.isDoubled)
            seen.append([])
        } else if let properties = element.properties, name.contains(":"),
            !["xmlns", "rdf", "xml"].contains(name.prefix { $0 != ":" }),
            !add(name, to: properties)
        {
            cuts.append(range)
        }
    }

    /// The next byte that is no space.
    private mutating func next() -> UInt8? {
        while place < packet.count, packet[place] <= 0x20 { place += 1 }
        return place < packet.count ? packet[place] : nil
    }

    /// A name, from the place on.
    private mutating func word() -> String {
        let start = place
        let ends = Array("=/>\"'<".utf8)
        while place < packet.count, packet[place] > 0x20, !ends.contains(packet[place]) {
            place += 1
        }
        return String(decoding: packet[start..<place], as: UTF8.self)
    }

    private static func local(_ name: String) -> Substring {
        name.split(separator: ":").last ?? ""
    }
}
