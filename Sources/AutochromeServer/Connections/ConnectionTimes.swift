internal import NIOCore

/// Time limits for a client.
struct ConnectionTimes: Sendable {
    /// For a request's head, and to begin with its body; also how long a connection stays open
    /// without a request.
    var head = TimeAmount.seconds(10)

    /// Minimum average rate of a body after that.
    var bytesPerSecond = 4096

    /// Without taking any of the answer.
    var stuckAnswer = TimeAmount.seconds(60)

    /// To read an answer that came before the request's end.
    var lingering = TimeAmount.seconds(2)
}
