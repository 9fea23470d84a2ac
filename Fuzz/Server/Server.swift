internal import Autochrome
internal import FuzzSupport
internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import NIOCore

@testable internal import AutochromeServer

private let model = try? ServedModel(file: nil, device: .cpu)

/// Takes an address's query, a `Content-Type` and a body apart, each on a line of its own.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let parts = Input.bytes(start, count)
        .split(separator: 10, maxSplits: 2, omittingEmptySubsequences: false)
    let texts = parts.prefix(2).map { String(decoding: $0, as: UTF8.self) }
    read(query: texts[0])
    if texts.count > 1 { read(form: Array(parts.last ?? []), type: texts[1]) }
    return 0
}

private func read(query text: String) {
    guard let model else { fatalError("The model that comes with the program is not there.") }
    let query = Query(URI("/v1/colorize?" + text))
    _ = try? query.settings()
    if let options = try? query.options(for: model, maxPixels: 1000) {
        precondition(options.detail > 0 && options.saturation.isFinite)
    }
    for (name, value) in query.items { read(name: name + "/" + value) }
}

private func read(name: String) {
    let name = FileName.sanitized(name)
    precondition(!name.isEmpty && name.utf8.count <= 200 && !name.contains { "/\\".contains($0) })
    let fields = [FileName.attachment(name), FileName.sentence(name)]
    precondition(fields.joined().utf8.allSatisfy { (32..<127).contains($0) })
    _ = FileName.result(of: name)
}

/// A form gives the same photograph and name however it is cut.
private func read(form body: [UInt8], type: String) {
    let head = HTTPRequest(
        method: .post, scheme: "http", authority: nil, path: "/",
        headerFields: [.contentType: type])
    let request = Request(head: head, body: RequestBody(buffer: ByteBuffer()))
    guard let boundary = (try? MultipartForm.boundary(of: request)) ?? nil else { return }
    let whole = try? photograph(in: [body], boundary)
    let pieces = try? photograph(in: body.map { [$0] }, boundary)
    precondition(whole?.bytes == pieces?.bytes && whole?.name == pieces?.name)
    if let name = whole?.name { read(name: name) }
}

private func photograph(
    in pieces: [[UInt8]], _ boundary: String
) throws -> (bytes: [UInt8], name: String?) {
    var form = MultipartForm(boundary: boundary)
    var bytes: [UInt8] = []
    for piece in pieces { bytes += try form.photograph(in: piece) }
    return (bytes, try form.finish())
}
