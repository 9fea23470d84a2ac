internal import Autochrome
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// A photograph that was sent, in a file of the spool.
struct Upload {
    let file: SpoolFile

    /// The name it was sent under, without folders; for messages and for the result's name.
    let name: String

    /// A file that is here already.
    init(file: SpoolFile, name: String) { (self.file, self.name) = (file, name) }

    /// Reads a request's body into a new file.
    ///
    /// The limit is applied to the length that the request declares before anything is read, and
    /// again to what comes.
    ///
    /// - Throws: `Problem`, `SpoolError`, and what reading from the client throws
    init(_ request: Request, name: String?, maxUpload: Int, spool: Spool) async throws {
        try Self.check(request, maxUpload)
        let file = spool.file()
        var body = UploadBody(request, limit: maxUpload)
        var sink = UploadSink(file: file)
        var sentName = name
        if let boundary = try MultipartForm.boundary(of: request) {
            var form = MultipartForm(boundary: boundary)
            while let bytes = try await body.next() {
                try await sink.append(form.photograph(in: bytes))
            }
            sentName = try form.finish() ?? name
        } else {
            while let bytes = try await body.next() { try await sink.append(bytes[...]) }
        }
        try await sink.finish()
        self.file = file
        self.name = FileName.sanitized(sentName)
    }

    private static func check(_ request: Request, _ maxUpload: Int) throws(Problem) {
        guard let field = request.headers[.contentLength] else { return }
        guard let length = Int(field), length >= 0 else {
            throw Problem(.badRequest, "Content-Length is \"\(field)\"; a number was expected.")
        }
        guard length <= maxUpload + MultipartForm.overhead(of: request) else {
            throw .tooLong(maxUpload)
        }
    }
}

extension Problem {
    fileprivate static func tooLong(_ limit: Int) -> Problem {
        Problem(
            .contentTooLarge,
            "A photograph may have at most \(limit) bytes; --max-upload raises the limit.")
    }
}

/// A request's body, up to a limit.
private struct UploadBody {
    private var iterator: RequestBody.AsyncIterator
    private let declared: Int?
    private let limit: Int
    private var count = 0

    init(_ request: Request, limit: Int) {
        iterator = request.body.makeAsyncIterator()
        declared = request.headers[.contentLength].flatMap(Int.init)
        self.limit = limit + MultipartForm.overhead(of: request)
    }

    mutating func next() async throws -> [UInt8]? {
        guard let buffer = try await iterator.next() else {
            // The connection may end without an error.
            if let declared, declared != count { throw CancellationError() }
            return nil
        }
        count += buffer.readableBytes
        guard count <= limit else { throw Problem.tooLong(limit) }
        return Array(buffer.readableBytesView)
    }
}

/// Gathers bytes, so that the disk is asked seldom.
private struct UploadSink {
    let file: SpoolFile
    private var waiting: [UInt8] = []

    init(file: SpoolFile) { self.file = file }

    mutating func append(_ bytes: ArraySlice<UInt8>) async throws(SpoolError) {
        waiting += bytes
        if waiting.count >= 1 << 20 { try await write() }
    }

    mutating func finish() async throws(SpoolError) { try await write() }

    private mutating func write() async throws(SpoolError) {
        let (file, bytes) = (file, waiting)
        waiting.removeAll(keepingCapacity: true)
        try await blocking { () throws(SpoolError) in try file.append(bytes) }
    }
}
