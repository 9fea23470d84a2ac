package import Autochrome
package import SystemPackage

/// Colours the lightness of photographs that are in colour, and compares.
///
/// One photograph is worked on at a time: first coloured, with the machine to itself, so that the
/// seconds mean something; then measured, setting by setting on all cores. Only figures are kept.
package struct EvaluationRun: Sendable {
    let photographs: [FilePath]
    private let models: [EvaluatedModel]
    let device: Device
    let maxPixels: Int
    let detail: Int?
    private let features: String?
    private let points: PointSettings?
    let usesTruePalette: Bool
    private let colorfulnesses: [Double]
    private let share: Share

    /// - Parameters:
    ///   - photographs: the photographs, all different.
    ///   - models: the models, at least one.
    ///   - device: where networks compute.
    ///   - maxPixels: the most pixels of a photograph; all are decoded whole.
    ///   - detail: the shorter side at which networks see a photograph; nil for each model's own.
    ///   - features: a file of the ImageNet encoder, for Fréchet distances; nil for none.
    ///   - points: the numbers of true points to try; nil for none.
    ///   - usesTruePalette: whether models that listen are given each photograph's own palette.
    ///   - colorfulnesses: at which models are compared; empty for multiples of 5.
    ///   - share: which of the photographs this process measures.
    package init(
        photographs: [FilePath], models: [EvaluatedModel], device: Device, maxPixels: Int,
        detail: Int? = nil, features: String? = nil, points: PointSettings? = nil,
        usesTruePalette: Bool = false, colorfulnesses: [Double] = [], share: Share = .whole
    ) {
        (self.photographs, self.models) = (photographs, models)
        (self.device, self.maxPixels, self.detail) = (device, maxPixels, detail)
        (self.features, self.points, self.share) = (features, points, share)
        (self.usesTruePalette, self.colorfulnesses) = (usesTruePalette, colorfulnesses)
    }

    /// How often `run` tells of a photograph that is done.
    package var steps: Int { share.of(photographs).count * models.count }

    /// Measures all models on this process's photographs.
    ///
    /// - Parameter tell: called after each photograph and model, with the sentence to say of it
    ///   where something is wrong.
    /// - Throws: `WeightsError` and `TensorError`: no photograph could be coloured.
    package func run(_ tell: (String?) -> Void) async throws -> EvaluationResult {
        var result = EvaluationResult(
            models: models, colorfulnesses: colorfulnesses, usesTruePalette: usesTruePalette)
        let encoder = try features.map { try FeatureEncoder(reading: $0) }
        for model in models {
            let network = try ColorNetwork(reading: model.file, on: device)
            let evaluator = PhotoEvaluator(
                model: model, colorizer: Colorizer(network: network), encoder: encoder,
                maxPixels: maxPixels, detail: detail, points: points,
                usesTruePalette: usesTruePalette)
            try await evaluator.warmUp()
            if result.peakMemory.isEmpty {
                try await begin(&result, with: evaluator, tell)
            } else {
                try await extend(&result, with: evaluator, tell)
            }
            result.peakMemory.append(evaluator.peakMemory)
        }
        return result
    }

    /// The first model's figures, and those that need none.
    private func begin(
        _ result: inout EvaluationResult, with evaluator: PhotoEvaluator,
        _ tell: (String?) -> Void
    ) async throws {
        for place in share.of(Array(photographs.indices)) {
            let path = photographs[place]
            do throws(EvaluationFault) {
                result.records.append(try await evaluator.record(of: path, place: place))
                tell(nil)
            } catch {
                switch error {
                case .grey:
                    result.grey.append(path.string)
                    tell(nil)
                case .photo(let error):
                    result.problems.append("\(error)")
                    tell("\(error)")
                case .network(let error): throw error
                }
            }
        }
    }

    /// A further model's figures of the photographs that the first was measured on.
    private func extend(
        _ result: inout EvaluationResult, with evaluator: PhotoEvaluator,
        _ tell: (String?) -> Void
    ) async throws {
        for index in result.records.indices {
            let path = photographs[result.records[index].place]
            // It could be read a moment ago, and all figures must be of the same photographs.
            try await evaluator.extend(&result.records[index], of: path)
            tell(nil)
        }
    }
}

/// Why a photograph has no figures.
package enum EvaluationFault: Error, CustomStringConvertible {
    /// It has no colours to compare with.
    case grey
    /// It cannot be read.
    case photo(PhotoError)
    /// The network fails, which is no photograph's fault.
    case network(TensorError)

    package var description: String {
        switch self {
        case .grey: "the photograph is grey: there are no colours to compare with."
        case .photo(let error): "\(error)"
        case .network(let error): "\(error)"
        }
    }
}
