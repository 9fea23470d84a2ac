internal import Autochrome
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

extension SpoolFile {
    /// Bytes that are read and sent at once.
    private static let chunk = 256 * 1024

    /// The file as an answer, which keeps it until it is sent.
    ///
    /// - Parameters:
    ///   - type: its media type.
    ///   - onSent: called once all of it was given to the connection.
    func response(
        type: String, onSent: @escaping @Sendable () -> Void = {}
    ) throws -> Response {
        let size = try size()
        return Response(
            status: .ok, headers: [.contentType: type],
            body: ResponseBody(contentLength: size) { writer in
                try await self.send(size, to: &writer)
                // Who has all bytes may leave before the answer is ended.
                onSent()
                try await writer.finish(nil)
            })
    }

    /// Sends `size` bytes of it.
    func send(_ size: Int, to writer: inout any ResponseBodyWriter) async throws {
        var offset = 0
        while offset < size {
            let start = offset
            let result = await blocking { () throws(Never) in
                Result { try self.read(at: start, count: min(Self.chunk, size - start)) }
            }
            let bytes = try result.get()
            guard !bytes.isEmpty else { throw CancellationError() }
            try await writer.write(ByteBuffer(bytes: bytes))
            offset += bytes.count
        }
    }
}
