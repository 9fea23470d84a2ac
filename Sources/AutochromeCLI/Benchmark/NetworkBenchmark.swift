import Autochrome

/// Times the networks alone, with weights by formula, on one picture.
struct NetworkBenchmark {
    let device: Device
    let rounds: Int
}
