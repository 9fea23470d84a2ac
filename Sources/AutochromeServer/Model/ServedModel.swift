internal import Autochrome
internal import HTTPTypes

/// The model that the server colours with, and its description.
struct ServedModel: Sendable {
    let colorizer: Colorizer
    let description: Description

    /// Whether a vividness can be chosen.
    let takesVividness: Bool

    /// - Parameters:
    ///   - file: a model file; nil for the one that came with the program.
    ///   - device: where the network computes.
    ///   - precision: what a CPU computes in.
    /// - Throws: `WeightsError`
    init(file: String?, device: Device, precision: ComputingPrecision) throws {
        let weights = try Weights(model: file)
        let facts = try ModelFacts(weights)
        let network = try ColorNetwork(weights, on: device, precision: precision)
        colorizer = Colorizer(network: network)
        takesVividness =
            NetworkKind(rawValue: facts.network)?.network.givesDistribution ?? false
        description = Description(
            name: network.modelName, network: facts.network, parameters: facts.parameters,
            precision: facts.precision, takesVividness: takesVividness,
            metadata: facts.metadata)
    }

    /// Answer of `GET /v1/model`.
    struct Description: Encodable {
        let name: String
        let network: String
        let parameters: Int
        let precision: String
        let takesVividness: Bool
        let metadata: [String: String]
    }

    /// Refuses a vividness where there is none to choose.
    func check(_ options: ColorizeOptions) throws(Problem) {
        guard options.vividness == nil || takesVividness else {
            throw Problem(
                .badRequest,
                "vividness: \(description.network) predicts one colour, not a distribution to "
                    + "choose from.")
        }
    }
}
