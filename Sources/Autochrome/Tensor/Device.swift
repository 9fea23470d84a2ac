internal import CTorch

/// Where tensors live and are computed.
///
/// Written as `auto`, `cpu`, `cuda` (the first one) or `cuda:N`.
public enum Device: Hashable, Sendable {
    /// The first CUDA device where there is one, else the CPU.
    case automatic
    case cpu
    case cuda(Int)

    /// The device that `text` names, or nil when it names none.
    ///
    /// Whether it exists is found out at first use, so that reading a command line does not load
    /// libtorch.
    public init?(_ text: String) {
        switch text {
        case "auto": self = .automatic
        case "cpu": self = .cpu
        case "cuda": self = .cuda(0)
        default:
            guard text.hasPrefix("cuda:"), let index = Int(text.dropFirst(5)), index >= 0
            else { return nil }
            self = .cuda(index)
        }
    }

    /// Number of CUDA devices that libtorch can use here.
    ///
    /// - Throws: `TensorError` when libtorch is missing.
    public static func cudaCount() throws(TensorError) -> Int {
        Int(try Torch.table().pointee.cuda_devices())
    }

    /// This device if it exists, and the one `automatic` stands for.
    ///
    /// - Throws: `TensorError.deviceMissing` when it does not exist.
    public func resolved() throws(TensorError) -> Device {
        switch self {
        case .cpu: return .cpu
        case .automatic: return try Self.cudaCount() > 0 ? .cuda(0) : .cpu
        case .cuda(let index):
            let available = try Self.cudaCount()
            guard index < available else {
                throw .deviceMissing(device: self, available: available)
            }
            return self
        }
    }

    /// Whether this is a GPU, or the device that `automatic` stands for is one. libtorch is opened
    /// only where the system has a GPU's driver.
    ///
    /// - Throws: `TensorError.deviceMissing` when a GPU that was asked for does not exist,
    ///   `.libraryMissing` when libtorch is not there for it.
    func isGPU() throws(TensorError) -> Bool {
        switch self {
        case .cpu: return false
        case .cuda: return try resolved() != .cpu
        case .automatic:
            guard Self.hasDriver else { return false }
            do throws(TensorError) {
                return try resolved() != .cpu
            } catch .libraryMissing {
                return false
            }
        }
    }

    /// Whether the system has NVIDIA's driver: its devices on Linux, or Windows' under WSL.
    private static var hasDriver: Bool {
        Installation.first(of: ["/dev/nvidiactl", "/dev/dxg"]) != nil
    }

    /// Waits until the device has done all it was given; on the CPU that is always so.
    package func synchronize() throws(TensorError) {
        let device = try resolved().handle
        try Torch.perform("synchronizing \(self)", []) { table, error in
            table.pointee.synchronize(device, error)
        }
    }

    /// The device as the shim names it; `automatic` has to be resolved before.
    var handle: ctorch_device {
        switch self {
        case .automatic, .cpu: ctorch_device(type: Int32(CTORCH_CPU.rawValue), index: 0)
        case .cuda(let index):
            ctorch_device(type: Int32(CTORCH_CUDA.rawValue), index: Int32(index))
        }
    }
}

extension Device: CustomStringConvertible {
    public var description: String {
        switch self {
        case .automatic: "auto"
        case .cpu: "cpu"
        case .cuda(let index): "cuda:\(index)"
        }
    }
}
