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

    private let connections: Connections
    private let times: ConnectionTimes
    private let maxUpload: Int
    private var check: Scheduled<Void>?

    /// Requests of which the head was read and the answer not written to its end.
    private var openRequests = 0
    /// Since when there is none of them.
    private var idleSince = NIODeadline.uptimeNanoseconds(0)
    /// Whether something of the next request's head has come.
    private var hasPartOfHead = false
    /// The body that is being read: since when, and how much of it has come.
    private var body: (since: NIODeadline, bytes: Int)?
    /// Since when the client takes no more of the answer.
    private var stuckSince: NIODeadline?
    private var hasBegunAnswer = false
    private var closesAfterAnswer = false
    /// When a connection that is told to close is closed, whether its client agrees or not.
    private var lastMoment: NIODeadline?

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

    /// A client that asks first is told to go on, unless what it announces is too much.
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
            if body != nil {
                closesAfterAnswer = true
                head.headerFields[.connection] = "close"
            }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body:
            context.write(data, promise: promise)
        case .end:
            context.write(data, promise: promise)
            endAnswer(context)
        }
    }

    private func endAnswer(_ context: ChannelHandlerContext) {
        openRequests -= 1
        hasBegunAnswer = false
        if closesAfterAnswer { return close(context) }
        if openRequests == 0 {
            idleSince = context.eventLoop.now
            connections.set(context.channel, isIdle: true)
        }
    }

    /// Closes once the client has had time to read the answer: a connection that is closed with
    /// bytes unread is reset, and the answer lost with it.
    private func close(_ context: ChannelHandlerContext) {
        context.flush()
        lastMoment = context.eventLoop.now + times.lingering
        context.close(mode: .output, promise: nil)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        stuckSince = context.channel.isWritable ? nil : context.eventLoop.now
        context.fireChannelWritabilityChanged()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if event as? ChannelEvent == .inputClosed {
            // Nobody is left to read the answer: browsers and programs close both ways at once.
            context.close(promise: nil)
            return
        }
        context.fireUserInboundEventTriggered(event)
    }
}

// The times.
extension ConnectionHandler {
    private func scheduleCheck(_ context: ChannelHandlerContext) {
        check = context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(1)) {
            self.checkTimes(context)
            if context.channel.isActive { self.scheduleCheck(context) }
        }
    }

    private func checkTimes(_ context: ChannelHandlerContext) {
        let now = context.eventLoop.now
        if let lastMoment {
            if now >= lastMoment { context.close(promise: nil) }
        } else if let stuckSince {
            if now - stuckSince >= times.stuckAnswer { giveUp(context) }
        } else if openRequests == 0 {
            guard now - idleSince >= times.head else { return }
            if hasPartOfHead { refuseSlow(context) } else { context.close(promise: nil) }
        } else if let body, openRequests == 1, now - body.since >= times.head {
            let seconds = Int((now - body.since).nanoseconds / 1_000_000_000)
            if body.bytes < seconds * times.bytesPerSecond { refuseSlow(context) }
        }
    }

    private func giveUp(_ context: ChannelHandlerContext) {
        connections.countTimeOut()
        context.close(promise: nil)
    }

    private func refuseSlow(_ context: ChannelHandlerContext) {
        guard !hasBegunAnswer else { return giveUp(context) }
        connections.countTimeOut()
        let problem = Problem(
            .requestTimeout, "The request came too slowly and was not waited for.")
        refuse(problem, context)
        context.fireErrorCaught(ChannelError.inputClosed)
    }
}

// What never becomes a request.
extension ConnectionHandler {
    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error is HTTPParserError, !hasBegunAnswer, lastMoment == nil {
            refuse(Problem(.badRequest, "The request is not HTTP: \(error)."), context)
        }
        context.fireErrorCaught(error)
    }

    /// Answers in the place of those who wait for the rest of the request.
    private func refuse(_ problem: Problem, _ context: ChannelHandlerContext) {
        let body = problem.body
        var head = HTTPResponse(status: problem.status)
        head.headerFields = [
            .contentType: Problem.contentType, .contentLength: "\(body.count)",
            .connection: "close",
        ]
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(ByteBuffer(bytes: body))), promise: nil)
        context.write(wrapOutboundOut(.end(nil)), promise: nil)
        close(context)
        // Whoever waits for the rest is told that nothing more will come.
        connections.remove(context.channel)
    }
}
