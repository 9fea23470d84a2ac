/// Limits of the server.
package struct ServerLimits: Sendable {
    /// The most bytes of a photograph's file.
    package var maxUpload = 200_000_000

    /// The most pixels of a photograph, as its header declares them.
    package var maxPixels = 300_000_000

    /// Number of photographs processed at once.
    package var workers = 3

    /// Number of photographs that wait beyond those.
    var waiting = 64

    /// The most connections open at once.
    var connections = 1000

    /// Time limits for a client.
    var times = ConnectionTimes()

    /// The most bytes of photographs stored at once: twenty uploads, and at least one large
    /// result without compression, 16 bits in each of three channels.
    var storedBytes: Int { max(20 * maxUpload, 6 * maxPixels) }

    /// The most bytes of predictions and small pictures kept for sliders.
    var keptBytes = 256 << 20

    /// The limits of the program.
    package init() {}
}

extension ServerLimits {
    /// Takes on no more connections than there are files to be had: some are for photographs.
    package mutating func fit(openFiles: Int) {
        connections = min(connections, max(16, (openFiles - 200) / 2))
    }
}
