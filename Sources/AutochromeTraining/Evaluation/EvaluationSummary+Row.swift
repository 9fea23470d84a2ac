extension EvaluationSummary {
    /// The means of one model at one setting, or of grey.
    package struct Row: Encodable, Sendable {
        /// What the model is called, or `grey`.
        package let model: String
        /// Nil for grey and for networks without a choice.
        package let vividness: Double?
        /// In dB.
        package let psnr: Estimate
        /// At most 1.
        package let ssim: Estimate
        /// MS-SSIM of a* and b*, 0...1.
        package let chromaSimilarity: Estimate
        /// In units of CIEDE2000.
        package let ciede2000: Estimate
        /// Hasler and Süsstrunk's.
        package let colorfulness: Estimate
        /// The mean colourfulness as a share of the true colours'.
        package let colorfulnessShare: Estimate
        /// In units of a*b*.
        package let chroma: Estimate
        /// |dL*|, in units of L*.
        package let lightnessError: Estimate
        /// For a photograph; nil for grey.
        package let seconds: Estimate?
        /// In bytes.
        package let peakMemory: Int?
        /// Of the ImageNet encoder's features; nil where no encoder was given.
        package let frechetDistance: Double?

        private init(
            model: String, vividness: Double?, _ figures: [PictureFigures], _ truth: [Double],
            peakMemory: Int?, frechet: FrechetDistance?, _ bootstrap: Bootstrap
        ) {
            let features = figures.compactMap(\.features)
            frechetDistance = frechet?.to(features)
            (self.model, self.vividness, self.peakMemory) = (model, vividness, peakMemory)
            psnr = bootstrap.mean(figures.map(\.psnr))
            ssim = bootstrap.mean(figures.map(\.ssim))
            chromaSimilarity = bootstrap.mean(figures.map(\.chromaSimilarity))
            ciede2000 = bootstrap.mean(figures.map(\.ciede2000))
            let colorfulness = figures.map(\.colorfulness)
            self.colorfulness = bootstrap.mean(colorfulness)
            colorfulnessShare = bootstrap.estimate { places in
                Bootstrap.mean(colorfulness, at: places) / Bootstrap.mean(truth, at: places)
            }
            chroma = bootstrap.mean(figures.map(\.chroma))
            lightnessError = bootstrap.mean(figures.map(\.lightnessError))
            let times = figures.compactMap(\.seconds)
            seconds = times.count == figures.count ? bootstrap.mean(times) : nil
        }

        static func all(of result: EvaluationResult, _ bootstrap: Bootstrap) -> [Row] {
            let truth = result.records.map(\.trueColorfulness)
            let features = result.records.compactMap(\.trueFeatures)
            let frechet = features.count > 1 ? FrechetDistance(from: features) : nil
            var rows = [
                Row(
                    model: "grey", vividness: nil, result.records.map(\.grey), truth,
                    peakMemory: nil, frechet: frechet, bootstrap)
            ]
            for (index, model) in result.models.enumerated() {
                for setting in 0..<model.askedCount {
                    rows.append(
                        Row(
                            model: model.name, vividness: model.settings[setting].vividness,
                            result.records.map { $0.models[index][setting] }, truth,
                            peakMemory: result.peakMemory[index], frechet: frechet, bootstrap))
                }
            }
            return rows
        }
    }
}
