import Autochrome
import Testing

/// Which colours are proposed of a distribution.
@Suite struct ProposalsTests {
    private func cell(_ a: Float, _ b: Float) throws -> Int {
        try #require(ColorBins.centers.firstIndex(of: SIMD2<Float>(a, b)))
    }

    @Test("Peaks are told with the likelihood that lies around them, the likeliest first")
    func peaks() throws {
        var likelihoods = [Double](repeating: 0, count: ColorBins.count)
        likelihoods[try cell(40, 30)] = 0.3
        likelihoods[try cell(30, 30)] = 0.1
        likelihoods[try cell(-20, -30)] = 0.35
        likelihoods[try cell(-20, -40)] = 0.1
        likelihoods[try cell(0, 60)] = 0.145
        likelihoods[try cell(0, 0)] = 0.005
        let proposals = Proposals(of: likelihoods).proposals
        #expect(proposals.count == 3, "less than a hundredth is left out")
        let expected: [(a: Float, b: Float, likelihood: Double)] = [
            (-20, -32.222, 0.45), (37.5, 30, 0.4), (0, 60, 0.145),
        ]
        for (found, known) in zip(proposals, expected) {
            #expect(abs(found.likelihood - known.likelihood) < 1e-9)
            #expect(abs(found.color.a - known.a) < 0.01 && abs(found.color.b - known.b) < 0.01)
        }
    }

    @Test("At most nine are told, each likelihood counted once")
    func most() {
        let even = [Double](repeating: 1 / Double(ColorBins.count), count: ColorBins.count)
        let proposals = Proposals(of: even).proposals
        #expect(proposals.count == 9)
        let sum = proposals.reduce(0) { $0 + $1.likelihood }
        #expect(abs(sum - 81.0 / 261) < 1e-9, "cells and their eight neighbours")
        #expect(zip(proposals, proposals.dropFirst()).allSatisfy { $0.likelihood >= $1.likelihood })
    }

    @Test("The likelihood of a cell is what a softmax gives, the weights taken back")
    func likelihoods() async throws {
        let network = try ColorNetwork(reading: try Weights.standardFile(), on: .cpu)
        let prediction = try await network.prediction(
            for: .init(lightness: Plane(width: 64, height: 32, repeating: 50)))
        let weights = try #require(network.colorWeights)
        let likelihoods = prediction.likelihoods(column: 3, row: 5, weights: weights)
        #expect(likelihoods.count == 261 && likelihoods.allSatisfy { $0 > 0 })
        #expect(abs(likelihoods.reduce(0, +) - 1) < 1e-9)
        // With all weights alike: those of the rebalanced distribution, in the ratio of the weights.
        let even = [Float](repeating: 1, count: 261)
        let balanced = prediction.likelihoods(column: 3, row: 5, weights: even)
        let ratio = likelihoods[7] / likelihoods[200] * Double(weights[7]) / Double(weights[200])
        #expect(abs(ratio / (balanced[7] / balanced[200]) - 1) < 1e-6)
    }

    @Test("A colour is written at the lightness of its place")
    func hex() {
        #expect(HintColor(red: 200, green: 30, blue: 40).hex(lightness: 43.3083) == "#c81e28")
        #expect(HintColor.grey.hex(lightness: 0) == "#000000")
        #expect(HintColor.grey.hex(lightness: 100) == "#ffffff")
        #expect(HintColor("#C81e28") == HintColor(red: 200, green: 30, blue: 40))
        for text in ["c81e28", "#c81e2", "#c81e289", "#+81e28", "#c8 e28", "", "#"] {
            #expect(HintColor(text) == nil, "\(text)")
        }
    }
}
