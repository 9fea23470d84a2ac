/// What coloured a photograph, as its metadata tells.
package struct Provenance: Sendable {
    /// Of this program, such as "1.0".
    package let programVersion: String
    /// The name the model's file gives itself.
    package let modelName: String

    /// What this version of the program and this model made.
    package init(programVersion: String, modelName: String) {
        self.programVersion = programVersion
        self.modelName = modelName
    }

    /// "Autochrome 1.0": the agent in an XMP history.
    var agent: String { "Autochrome \(programVersion)" }
}
