internal import CTorch

/// Processes that compute together through libtorch's c10d; all of them call the same functions
/// in the same order.
///
/// Gloo carries what is on CPUs, NCCL what is on GPUs.
package final class ProcessGroup {
    /// Where processes meet, and which of them this one is.
    package struct Meeting: Sendable, Equatable {
        /// This process's place, 0..<count.
        package var rank: Int
        /// Number of processes.
        package var count: Int
        /// The machine that has the store, by name or address.
        package var host: String
        /// The store's port there.
        package var port: UInt16
        /// Whether this process keeps the store at which the others meet.
        package var keepsStore: Bool
        /// Begins every key in the store, which attempts after a failure may share.
        package var prefix: String
        /// Timeout for waiting for the other processes, in seconds.
        package var timeout: Double

        /// A meeting of `count` processes at the store of `host`.
        package init(
            rank: Int, count: Int, host: String, port: UInt16, keepsStore: Bool, prefix: String,
            timeout: Double
        ) {
            self.rank = rank
            self.count = count
            self.host = host
            self.port = port
            self.keepsStore = keepsStore
            self.prefix = prefix
            self.timeout = timeout
        }
    }

    /// This process's place, 0..<count.
    package let rank: Int
    /// Number of processes.
    package let count: Int
    private let handle: OpaquePointer

    /// Meets the other processes.
    ///
    /// - Throws: `TensorError` when they do not come in time.
    package init(_ meeting: Meeting, on device: Device) throws(TensorError) {
        let table = try Torch.table()
        let kind = try device.resolved().handle.type
        (rank, count) = (meeting.rank, meeting.count)
        var error = ctorch_error()
        let opened = meeting.host.withCString { host in
            meeting.prefix.withCString { prefix in
                var place = ctorch_meeting(
                    rank: Int32(meeting.rank), count: Int32(meeting.count), host: host,
                    port: meeting.port, keeps_store: meeting.keepsStore ? 1 : 0, prefix: prefix,
                    timeout: Int64(meeting.timeout * 1000), device_type: kind)
                return table.pointee.open_group(&place, &error)
            }
        }
        guard let opened else {
            throw Torch.failure(
                "meeting the other processes at \(meeting.host):\(meeting.port)", [], error, table)
        }
        handle = opened
    }

    deinit { ctorch_loaded()?.pointee.close_group(handle) }

    /// The mean of the processes' tensors, which all get; its gradient is the mean of theirs.
    package func mean(_ tensor: Tensor) throws(TensorError) -> Tensor {
        try Torch.make("the mean over processes", [tensor]) {
            $0.pointee.group_mean(handle, tensor.handle, $1)
        }
    }

    /// Makes every gradient of `tensors` the mean of the processes' gradients.
    package func averageGradients(of tensors: [Tensor]) throws(TensorError) {
        try Torch.perform("averaging gradients over processes", []) { table, error in
            Torch.withList(tensors) { table.pointee.group_average_gradients(handle, $0, error) }
        }
    }

    /// Gives all processes the first one's values of `tensors`.
    package func broadcast(_ tensors: [Tensor]) throws(TensorError) {
        try Torch.perform("handing out tensors to the processes", []) { table, error in
            Torch.withList(tensors) { table.pointee.group_broadcast(handle, $0, error) }
        }
    }
}
