internal import HTTPTypes
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypes

/// Watches over one connection: how long it may take to send a request and to take the answer,
/// and that it closes after an answer that came before the request's end.
///
/// The times are checked once a second; nothing here waits.
final class ConnectionHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    let connections: Connections
    let times: ConnectionTimes
    private let maxUpload: Int
    var check: Scheduled<Void>?

    /// Requests of which the head was read and the answer not written to its end.
    private(set) var openRequests = 0
    /// Since when there is none of them.
    private(set) var idleSince = NIODeadline.uptimeNanoseconds(0)
    /// Whether something of the next request's head has come.
    private(set) var hasPartOfHead = false
    /// The body that is being read: since when, and how much of it has come.
    private(set) var body: (since: NIODeadline, bytes: Int)?
    /// Since when the client takes no more of the answer.
    private(set) var stuckSince: NIODeadline?
    private(set) var hasBegunAnswer = false
    /// Whether a request was answered.
    private var hasAnswered = false
    /// Answers that were written to their end and are not sent to it.
    private(set) var unsentAnswers = 0
    /// Told once a closing is over that waits for them.
    private var closing: [EventLoopPromise<Void>?] = []
    private var closesAfterAnswer = false
    /// When a connection that is told to close is closed, whether its client agrees or not.
    private(set) var lastMoment: NIODeadline?
    /// Why what came last is no request.
    var refusal: Problem?

    init(connections: Connections, times: ConnectionTimes, maxUpload: Int) {
        self.connections = connections
        self.times = times
        self.maxUpload = maxUpload
    }

    func handlerAdded(context: ChannelHandlerContext) {
        connections.add(context.channel)
        idleSince = context.eventLoop.now
        scheduleCheck(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        check?.cancel()
        connections.remove(context.channel)
    }

    func channelInactive(context: ChannelHandlerContext) {
        check?.cancel()
        connections.remove(context.channel)
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // What comes after a refusal is thrown away.
        guard lastMoment == nil else { return }
        switch unwrapInboundIn(data) {
        case .head(let head):
            openRequests += 1
            body = (context.eventLoop.now, 0)
            connections.set(context.channel, isIdle: false)
            invite(head, context)
        case .body(let bytes):
            body?.bytes += bytes.readableBytes
        case .end:
            body = nil
        }
        hasPartOfHead = false
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if openRequests == 0 { hasPartOfHead = true }
        context.fireChannelReadComplete()
    }

    /// A client that asks first gets 100 Continue, unless the announced size is too large.
    private func invite(_ head: HTTPRequest, _ context: ChannelHandlerContext) {
        guard head.headerFields[.expect]?.lowercased() == "100-continue" else { return }
        let length = head.headerFields[.contentLength].flatMap(Int.init) ?? 0
        guard length <= maxUpload, openRequests == 1 else { return }
        context.writeAndFlush(
            wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard lastMoment == nil else {
            promise?.fail(ChannelError.ioOnClosedChannel)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(var head):
            hasBegunAnswer = true
            // The body that is being read is the newest request's, the answer is the oldest's.
            if body != nil, openRequests == 1 {
                closesAfterAnswer = true
                head.headerFields[.connection] = "close"
            }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body:
            context.write(data, promise: promise)
        case .end:
            let sent = promise ?? context.eventLoop.makePromise()
            unsentAnswers += 1
            sent.futureResult.assumeIsolated().whenComplete { _ in self.answerIsSent(context) }
            context.write(data, promise: sent)
            endAnswer(context)
        }
    }

    private func answerIsSent(_ context: ChannelHandlerContext) {
        unsentAnswers -= 1
        guard unsentAnswers == 0 else { return }
        for promise in closing { context.close(promise: promise) }
        closing = []
    }

    /// Pending writes are sent before the connection closes: at the server's end the one closely
    /// follows the other.
    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        if case .all = mode, unsentAnswers > 0 {
            closing.append(promise)
        } else {
            context.close(mode: mode, promise: promise)
        }
    }

    private func endAnswer(_ context: ChannelHandlerContext) {
        openRequests -= 1
        hasBegunAnswer = false
        hasAnswered = true
        if closesAfterAnswer { return close(context) }
        refuseInTurn(context)
        if openRequests == 0, lastMoment == nil {
            idleSince = context.eventLoop.now
            connections.set(context.channel, isIdle: true)
        }
    }

    /// Closes once the client has had time to read the answer: a connection that is closed with
    /// bytes unread is reset, and the answer lost with it. Nothing is done for it any more, so it
    /// takes no other's place meanwhile.
    func close(_ context: ChannelHandlerContext) {
        context.flush()
        connections.remove(context.channel)
        lastMoment = context.eventLoop.now + times.lingering
        context.close(mode: .output, promise: nil)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        stuckSince = context.channel.isWritable ? nil : context.eventLoop.now
        context.fireChannelWritabilityChanged()
    }

    /// One that has not asked yet is told why it goes (RFC 9110, 15.5.9 and 15.6.4); where an answer
    /// was given, or another request begins, it closes as it may between requests at any time.
    private func makeRoom(_ context: ChannelHandlerContext) {
        guard openRequests == 0, !hasAnswered, lastMoment == nil else {
            return context.close(promise: nil)
        }
        refuse(
            Problem(
                .serviceUnavailable,
                "Too many connections; this one was closed because it was idle.",
                retryAfter: 2), context, lingering: false)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event as? ChannelEvent == .inputClosed {
            // Nobody is left to read the answer: browsers and programs close both ways at once.
            context.close(promise: nil)
            return
        }
        if event is Connections.Eviction { return makeRoom(context) }
        context.fireUserInboundEventTriggered(event)
    }
}
