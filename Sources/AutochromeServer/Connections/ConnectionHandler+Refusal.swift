internal import HTTPTypes
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypes

/// Refusal of bytes that never become a request.
extension ConnectionHandler {
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error is HTTPParserError, lastMoment == nil {
            refusal = Self.problem(of: error)
            refuseInTurn(context)
        }
        context.fireErrorCaught(error)
    }

    /// Refuses what is no request, once all before it are answered.
    func refuseInTurn(_ context: ChannelHandlerContext) {
        guard let refusal, !hasBegunAnswer, openRequests == (body == nil ? 0 : 1) else { return }
        refuse(refusal, context)
    }

    private static func problem(of error: any Error) -> Problem {
        error as? HTTPParserError == .headerOverflow
            ? Problem(
                .requestHeaderFieldsTooLarge, "The request's address or header is too long.")
            : Problem(.badRequest, "The request is not HTTP: \(error).")
    }

    /// Answers in the place of those who wait for the rest of the request; they are told that
    /// nothing more will come.
    ///
    /// - Parameter lingering: whether there may be bytes of theirs that were not read.
    func refuse(
        _ problem: Problem, _ context: ChannelHandlerContext, lingering: Bool = true
    ) {
        let body = problem.body
        var head = HTTPResponse(status: problem.status)
        head.headerFields = [
            .contentType: Problem.contentType, .contentLength: "\(body.count)",
            .connection: "close",
        ]
        if let seconds = problem.retryAfter { head.headerFields[.retryAfter] = "\(seconds)" }
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(ByteBuffer(bytes: body))), promise: nil)
        context.write(wrapOutboundOut(.end(nil)), promise: nil)
        if lingering { return close(context) }
        context.flush()
        context.close(promise: nil)
    }
}
