/// A library that computes networks.
public enum EngineLibrary: String, Sendable, CaseIterable {
    /// Colours on CPUs.
    case openVINO = "OpenVINO"
    /// Trains, and colours on GPUs.
    case libtorch

    /// The command that puts it in place.
    var remedy: String {
        switch self {
        case .openVINO: "`Scripts/setup` installs it"
        case .libtorch: "`Scripts/setup train` installs it"
        }
    }

    /// The library that colours on this machine's CPU, with its release; where there is none, why.
    package static func onCPU() -> String {
        do throws(TensorError) {
            return "\(openVINO.rawValue) \(try OpenVINO.release())"
        } catch {
            guard case .libraryMissing = error, Torch.isInstalled else { return "\(error)" }
            return libtorch.rawValue
        }
    }
}
