import ArgumentParser
import Autochrome

/// Where a network computes.
struct DeviceArguments: ParsableArguments {
    @Option(help: "Where to compute: auto, cpu or cuda:N.")
    var device: Device = .automatic
}

/// Which network colours, and where.
struct NetworkArguments: ParsableArguments {
    @OptionGroup var place: DeviceArguments

    @Option(
        help: "A model file other than the one that came with the program.", completion: .model)
    var model: String?

    @Option(
        help: """
            Computing precision on a CPU: auto, bfloat16 in part where that is faster, or float32, \
            the same colours on every processor.
            """)
    var precision: ComputingPrecision = .automatic

    var device: Device { place.device }
}
