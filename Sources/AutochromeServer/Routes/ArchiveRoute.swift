internal import Autochrome
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// `GET /session/archive`: photographs of a session, coloured, as one ZIP that is sent while it
/// is made.
struct ArchiveRoute: Sendable {
    let server: ServerParts

    /// One photograph that is wanted.
    private struct Wish: Sendable {
        let photograph: SessionPhotograph
        let settings: Settings
    }

    func respond(_ request: Request, _ context: ServerContext) throws -> Response {
        let wishes = try wishes(request, context)
        let (studio, connections) = (server.studio, server.connections)
        let channel = context.channel
        let headers: HTTPFields = [
            .contentType: "application/zip",
            .contentDisposition: FileName.attachment("autochrome.zip"),
        ]
        return Response(
            status: .ok, headers: headers,
            body: ResponseBody { writer in
                var archive = ZipArchive()
                for wish in wishes {
                    let content = try await connections.whileOpen(channel) {
                        try await Self.content(of: wish, studio)
                    }
                    try await content.send(to: &writer, &archive)
                    if case .file = content {
                        try await Self.hints(of: wish)?.send(to: &writer, &archive)
                        wish.photograph.isFetched = true
                    }
                }
                try await writer.write(ByteBuffer(bytes: archive.end()))
                try await writer.finish(nil)
            })
    }

    /// The photographs named by `id`, as `id` or `id:vividness:saturation`.
    private func wishes(_ request: Request, _ context: ServerContext) throws -> [Wish] {
        let query = Query(request.uri)
        try query.allow("id", "vividness", "saturation")
        let common = try query.settings()
        let session = SessionCookie(context).name(in: request)
        let ids = query.values("id")
        guard (1...500).contains(ids.count) else {
            throw Problem(.badRequest, "id names the photographs wanted, 1 to 500 of them.")
        }
        return try ids.map { text in
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            var settings = common
            if parts.count > 1 {
                guard parts.count == 3,
                    let vividness = Query.number(String(parts[1]), as: Double.self),
                    let saturation = Query.number(String(parts[2]), as: Float.self)
                else {
                    throw Problem(
                        .badRequest, "id is \"\(text)\"; id:vividness:saturation was expected.")
                }
                settings = try Settings(vividness: vividness, saturation: saturation)
            }
            let photograph = try server.sessions.photograph(
                parts.first.map(String.init), of: session)
            return Wish(photograph: photograph, settings: settings)
        }
    }

    /// The coloured photograph, or where that fails a text that says why: one that fails leaves
    /// the others alone.
    private static func content(of wish: Wish, _ studio: SessionColorizer) async throws -> Content {
        let name = FileName.result(of: wish.photograph.sent.name)
        do {
            let file = try await studio.patiently {
                try await studio.file(wish.photograph, wish.settings)
            }
            let checksum = try await blocking { () throws(Never) in
                Result { try file.checksum() }
            }.get()
            return .file(name, file, checksum: checksum, size: try file.size())
        } catch {
            // Of a client that has left nothing more is wanted.
            try Task.checkCancellation()
            return .text(name + ".failed.txt", Array((Problem(error).detail + "\n").utf8))
        }
    }

    /// The file of hints, named so that it is taken beside the photograph.
    private static func hints(of wish: Wish) async throws -> Content? {
        guard let hints = wish.photograph.hints else { return nil }
        return .text(wish.photograph.sent.name + ".hints.json", try await hints.document())
    }

    private enum Content: Sendable {
        case file(String, SpoolFile, checksum: UInt32, size: Int)
        case text(String, [UInt8])

        func send(
            to writer: inout any ResponseBodyWriter, _ archive: inout ZipArchive
        ) async throws {
            switch self {
            case .file(let name, let file, let checksum, let size):
                let header = archive.begin(name, checksum: checksum, size: size)
                try await writer.write(ByteBuffer(bytes: header))
                try await file.send(size, to: &writer)
            case .text(let name, let bytes):
                var checksum = CRC32()
                checksum.add(bytes)
                let header = archive.begin(name, checksum: checksum.value, size: bytes.count)
                try await writer.write(ByteBuffer(bytes: header + bytes))
            }
        }
    }
}

extension SessionColorizer {
    /// Tries again while others are before it: an archive that has begun cannot be refused any
    /// more.
    fileprivate func patiently<Value: Sendable>(
        _ work: @Sendable () async throws -> Value
    ) async throws -> Value {
        while true {
            do {
                return try await work()
            } catch {
                guard Problem(error).isBeforeItsTurn else { throw error }
                try await Task.sleep(for: .milliseconds(200))
            }
        }
    }
}

extension SpoolFile {
    /// The checksum of its bytes. Blocks while it reads.
    fileprivate func checksum() throws -> UInt32 {
        var (checksum, offset) = (CRC32(), 0)
        while true {
            let bytes = try read(at: offset, count: 1 << 20)
            if bytes.isEmpty { return checksum.value }
            checksum.add(bytes)
            offset += bytes.count
        }
    }
}
