/// All figures of one photograph.
package struct PhotoRecord: Codable, Sendable {
    /// Its place in the list of photographs.
    package let place: Int
    /// Its path.
    package let photograph: String
    /// The colourfulness of its true colours.
    package let trueColorfulness: Double
    /// Their mean chroma.
    package let trueChroma: Double
    /// Its figures without any colour.
    package let grey: PictureFigures
    /// Its figures by model, and by setting of the model.
    package internal(set) var models: [[PictureFigures]]
    /// What true points make of it, by model; nil where none were tried.
    package internal(set) var points: [PointFigures?]
    /// What the feature encoder sees in its true colours; nil where none was given.
    let trueFeatures: [Float]?
}
