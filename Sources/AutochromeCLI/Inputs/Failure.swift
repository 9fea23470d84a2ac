import SystemPackage

/// An input that could not be coloured.
struct Failure {
    let path: FilePath

    /// Why, without the path.
    let reason: String
}
