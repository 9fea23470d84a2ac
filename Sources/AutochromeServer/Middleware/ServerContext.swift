internal import Hummingbird
internal import NIOCore

/// Context of one request.
struct ServerContext: RequestContext {
    var coreContext: CoreRequestContextStorage

    /// The connection that it came by.
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }
}
