/// Numbers of ITU-T H.273, tables 2 to 4, by ffprobe's names for them.
enum ColorCode {
    static let primaries = [
        "bt709": 1, "bt470m": 4, "bt470bg": 5, "smpte170m": 6, "smpte240m": 7, "film": 8,
        "bt2020": 9, "smpte428": 10, "smpte431": 11, "smpte432": 12, "ebu3213": 22,
    ]

    static let transfers = [
        "bt709": 1, "bt470m": 4, "bt470bg": 5, "smpte170m": 6, "smpte240m": 7, "linear": 8,
        "log100": 9, "log316": 10, "iec61966-2-4": 11, "bt1361e": 12, "iec61966-2-1": 13,
        "bt2020-10": 14, "bt2020-12": 15, "smpte2084": 16, "smpte428": 17, "arib-std-b67": 18,
    ]

    /// The matrices that are read here: sums of R', G' and B' by fixed weights.
    static let matrices = [
        "bt709": 1, "fcc": 4, "bt470bg": 5, "smpte170m": 6, "smpte240m": 7, "bt2020nc": 9,
    ]

    /// The name, if it is of the table.
    static func known(_ name: String?, in table: [String: Int]) -> String? {
        name.flatMap { table[$0] == nil ? nil : $0 }
    }

    /// Whether the name says something that the table does not have.
    static func isForeign(_ name: String?, to table: [String: Int]) -> Bool {
        guard let name, name != "unknown", name != "reserved" else { return false }
        return table[name] == nil
    }
}
