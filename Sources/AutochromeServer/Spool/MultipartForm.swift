internal import HTTPTypes
internal import Hummingbird

/// Finds the one photograph in a body of `multipart/form-data` (RFC 7578), as it comes.
///
/// The buffer is smaller than a delimiter and a part's header, which is bounded.
struct MultipartForm {
    private enum Place {
        case beforeParts
        case header
        case photograph
        case afterParts
    }

    /// The most bytes a part's header may have.
    private static let longestHeader = 8192

    private let delimiter: [UInt8]
    private var place = Place.beforeParts
    private var waiting: [UInt8]
    private var names: [String?] = []

    init(boundary: String) {
        delimiter = Array("\r\n--\(boundary)".utf8)
        // The first delimiter may stand at the very beginning, without a line break before it.
        waiting = Array("\r\n".utf8)
    }

    /// Takes more of the body; returns what of the photograph is sure.
    mutating func photograph(in bytes: [UInt8]) throws(Problem) -> ArraySlice<UInt8> {
        waiting += bytes
        var found: ArraySlice<UInt8> = []
        while try advance(&found) {}
        return found
    }

    /// Sees to it that the form was whole, and held one photograph.
    ///
    /// - Returns: the name it was sent under.
    func finish() throws(Problem) -> String? {
        guard place == .afterParts, let name = names.first else {
            throw Problem(.badRequest, "The form is truncated; it must contain a photograph.")
        }
        return name
    }

    /// Goes on to the next place in the body; false when more bytes are needed.
    private mutating func advance(_ found: inout ArraySlice<UInt8>) throws(Problem) -> Bool {
        switch place {
        case .beforeParts, .photograph:
            let end = waiting.firstIndex(of: delimiter)
            // What may yet become a delimiter stays.
            let sure = end ?? max(0, waiting.count - delimiter.count + 1)
            if place == .photograph { found += waiting[..<sure] }
            waiting.removeFirst(end.map { $0 + delimiter.count } ?? sure)
            if end != nil { place = .header }
            return end != nil
        case .header:
            return try readHeader()
        case .afterParts:
            waiting.removeAll()
            return false
        }
    }

    /// Reads what follows a delimiter: two hyphens at the end of the form, else a header.
    private mutating func readHeader() throws(Problem) -> Bool {
        guard waiting.count >= 2 else { return false }
        if waiting.starts(with: "--".utf8) {
            place = .afterParts
            return true
        }
        guard let end = waiting.firstIndex(of: Array("\r\n\r\n".utf8)) else {
            guard waiting.count <= Self.longestHeader else {
                throw Problem(.badRequest, "A header of a part of the form is too long.")
            }
            return false
        }
        let header = String(decoding: waiting[..<end], as: UTF8.self)
        // The line break before the next delimiter may be the header's own last one.
        waiting.removeFirst(end + 2)
        try begin(header)
        waiting.removeFirst(2)
        return true
    }

    private mutating func begin(_ header: String) throws(Problem) {
        let disposition = header.split(whereSeparator: \.isNewline)
            .first { $0.lowercased().hasPrefix("content-disposition:") }
        let parameters = HeaderParameters(disposition ?? "")
        guard parameters["filename"] != nil || ["photograph", "file"].contains(parameters["name"])
        else {
            throw Problem(
                .badRequest,
                "The form holds \"\(parameters["name"] ?? "")\", which is not a file; put options "
                    + "into the query of the address.")
        }
        guard names.isEmpty else {
            throw Problem(.badRequest, "The form contains several files; send one at a time.")
        }
        names.append(parameters["filename"])
        place = .photograph
    }
}

extension MultipartForm {
    /// The boundary of a request whose body is a form; nil where the body is the photograph.
    static func boundary(of request: Request) throws(Problem) -> String? {
        guard let type = request.headers[.contentType],
            type.lowercased().hasPrefix("multipart/")
        else { return nil }
        guard type.lowercased().hasPrefix("multipart/form-data"),
            let boundary = HeaderParameters(type)["boundary"], (1...70).contains(boundary.count)
        else {
            throw Problem(
                .badRequest, "Content-Type is \"\(type)\"; multipart/form-data needs a boundary.")
        }
        return boundary
    }

    /// Bytes that a form may have besides its photograph.
    static func overhead(of request: Request) -> Int {
        let type = request.headers[.contentType] ?? ""
        return type.lowercased().hasPrefix("multipart/") ? 2 * longestHeader : 0
    }
}

extension [UInt8] {
    /// Where `pattern` begins, or nil.
    fileprivate func firstIndex(of pattern: [UInt8]) -> Int? {
        guard count >= pattern.count else { return nil }
        return withUnsafeBufferPointer { bytes in
            pattern.withUnsafeBufferPointer { pattern in
                var start = 0
                while start <= bytes.count - pattern.count {
                    if bytes[start] == pattern[0],
                        bytes[start..<start + pattern.count].elementsEqual(pattern)
                    {
                        return start
                    }
                    start += 1
                }
                return nil
            }
        }
    }
}
