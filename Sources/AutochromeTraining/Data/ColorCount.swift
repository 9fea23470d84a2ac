internal import Autochrome

/// The colours of photographs that `prepare` has not counted.
enum ColorCount {
    /// More photographs than this change the weights by little.
    private static let most = 512

    /// Loss weight of each colour cell, from some of the photographs, evenly spaced; the same
    /// for the same photographs. Those that cannot be read are left out: training names them.
    static func weights(of source: PhotoSource, workers: Int) -> [Float] {
        let count = min(source.names.count, most)
        let maker = SampleMaker(
            source: source, size: 128, augmentation: .none, seed: 0, givesCells: false)
        let ahead = ReadAhead(from: 0, workers: workers, depth: 2) { number in
            number < count ? try? maker.sample(source.names.count * number / count) : nil
        }
        defer { ahead.stop() }
        var histogram = ColorHistogram()
        for _ in 0..<count {
            guard let sample = ahead.next(), case .colors(let values) = sample.target else {
                continue
            }
            let half = values.count / 2
            func plane(_ values: ArraySlice<Float>) -> Plane {
                Plane(width: maker.size, height: maker.size, values: Array(values))
            }
            histogram.add(
                ColorHistogram(
                    of: LabPlanes(
                        lightness: plane(sample.lightness[...]), a: plane(values[..<half]),
                        b: plane(values[half...]))))
        }
        return ColorRebalancing.weights(ofCounts: histogram.counts).map { Float($0) }
    }
}
