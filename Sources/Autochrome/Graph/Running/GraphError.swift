/// Why a graph cannot be run.
public enum GraphError: Error, Equatable, Sendable {
    /// OpenVINO is in none of the places it is looked for.
    case libraryMissing(searched: String)
    /// OpenVINO is there and cannot be used.
    case libraryUnusable(path: String, reason: String)
    /// OpenVINO does not take the graph.
    case refused(reason: String)
    /// What is given to a run does not fit the graph, or the run failed.
    case invalid(operation: String, reason: String)
    /// The memory of the machine did not suffice.
    case outOfMemory(operation: String)
}

extension GraphError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .libraryMissing(let searched):
            "OpenVINO was not found: \(searched). `make build` (it runs Scripts/setup) puts it "
                + "there."
        case .libraryUnusable(let path, let reason):
            "\(path) cannot be used: \(reason). `make build` (it runs Scripts/setup) fetches the "
                + "right one, unless $OPENVINO names another."
        case .refused(let reason):
            "OpenVINO does not take this network: \(reason)."
        case .invalid(let operation, let reason):
            "\(operation) is not possible: \(reason)."
        case .outOfMemory(let operation):
            "\(operation) ran out of memory; smaller photographs, or a smaller --detail, take less."
        }
    }
}
