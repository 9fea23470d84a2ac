internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// JSON encoding of answers: keys in order, so that equal answers are equal bytes.
enum JSON {
    static func bytes(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Nothing here can fail to be encoded: all values are text and finite numbers.
        return (try? [UInt8](encoder.encode(value))) ?? Array("{}".utf8)
    }

    static func response(
        _ value: some Encodable, status: HTTPResponse.Status = .ok
    ) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes(value))))
    }
}
