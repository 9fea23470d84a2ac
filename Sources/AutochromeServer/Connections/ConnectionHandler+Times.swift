internal import HTTPTypes
internal import NIOCore

/// The times, which are looked at once a second.
extension ConnectionHandler {
    func scheduleCheck(_ context: ChannelHandlerContext) {
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
            let patience = unsentAnswers == 0 ? times.head : times.stuckAnswer
            guard now - idleSince >= patience else { return }
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
            .requestTimeout, "The request arrived too slowly.")
        refuse(problem, context)
        context.fireErrorCaught(ChannelError.inputClosed)
    }
}
