internal import NIOCore

/// How long a client may take.
struct ConnectionTimes: Sendable {
    /// For a request's head, and to begin with its body; also how long a connection stays open
    /// without a request.
    var head = TimeAmount.seconds(10)

    /// How fast a body must come after that, on the average.
    var bytesPerSecond = 4096

    /// Without taking any of the answer.
    var stuckAnswer = TimeAmount.seconds(60)

    /// To read an answer that came before the request's end.
    var lingering = TimeAmount.seconds(2)
}
