import ArgumentParser
import Autochrome

/// Where a network computes.
struct DeviceArguments: ParsableArguments {
    @Option(help: "Device: auto, cpu or cuda:N.")
    var device: Device = .automatic
}

/// Model and device for colouring.
struct NetworkArguments: ParsableArguments {
    @OptionGroup var place: DeviceArguments

    @Option(
        help: "Model file (default: the supplied model).", completion: .model)
    var model: String?

    @Option(
        help: """
            Computing precision on a CPU: auto, which uses bfloat16 where that is faster, or \
            float32, which gives the same colours on every processor.
            """)
    var precision: ComputingPrecision = .automatic

    var device: Device { place.device }
}
