/// The figures of every photograph, model and vividness, as comma-separated lines.
package struct FigureList {
    private static let header =
        "photograph,model,vividness,saturation,psnr,ssim,ms_ssim_ab,ciede2000,colorfulness,true_colorfulness,chroma,"
        + "true_chroma,lightness_error,points,seconds\n"

    private let result: EvaluationResult

    /// The figures of a result.
    package init(_ result: EvaluationResult) { self.result = result }

    /// The file, a line a photograph, model and vividness, the curve's vividnesses included.
    package var text: String {
        result.records.reduce(into: Self.header) { text, record in
            text += line(record, "grey", ColorSetting(vividness: nil), record.grey)
            for (model, figures) in zip(result.models, record.models) {
                for (setting, figures) in zip(model.settings, figures) {
                    text += line(record, model.name, setting, figures)
                }
            }
            for (model, points) in zip(result.models, record.points) {
                for figure in points?.figures ?? [] {
                    text += line(record, model.name, figure)
                }
            }
        }
    }

    private func line(
        _ record: PhotoRecord, _ model: String, _ setting: ColorSetting, _ figures: PictureFigures
    ) -> String {
        let numbers: [Double?] = [
            setting.vividness, setting.saturation, figures.psnr, figures.ssim,
            figures.chromaSimilarity, figures.ciede2000, figures.colorfulness,
            record.trueColorfulness, figures.chroma, record.trueChroma, figures.lightnessError,
            nil, figures.seconds,
        ]
        return line(record, model, numbers)
    }

    /// Of so many true points, at a vividness of 0.
    private func line(
        _ record: PhotoRecord, _ model: String, _ figure: PointFigures.Figure
    ) -> String {
        let numbers: [Double?] = [
            0, 1, figure.psnr, nil, nil, figure.ciede2000, nil, record.trueColorfulness, nil,
            record.trueChroma, nil, Double(figure.points), nil,
        ]
        return line(record, model, numbers)
    }

    private func line(_ record: PhotoRecord, _ model: String, _ numbers: [Double?]) -> String {
        let fields =
            [quoted(record.photograph), quoted(model)] + numbers.map { $0.map { "\($0)" } ?? "" }
        return fields.joined(separator: ",") + "\n"
    }

    /// As RFC 4180 has it.
    private func quoted(_ text: String) -> String {
        guard text.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else {
            return text
        }
        let doubled = text.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"")
        return "\"\(doubled)\""
    }
}
