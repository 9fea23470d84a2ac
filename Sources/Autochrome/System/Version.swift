/// The version of the library and the program.
public enum Version {
    /// By the rules of semver.org.
    public static let current = "0.2.0"
}
