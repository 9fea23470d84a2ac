import Autochrome

/// The network, made when the first photograph or film needs it and shared by all.
actor LazyNetwork {
    /// The model or libtorch cannot be had, so that nothing can be coloured.
    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    private let arguments: NetworkArguments
    private var making: Task<ColorNetwork, any Error>?

    init(_ arguments: NetworkArguments) { self.arguments = arguments }

    func get() async throws -> ColorNetwork {
        let task = making ?? Task { [arguments] in try await Self.make(arguments) }
        making = task
        do {
            return try await task.value
        } catch {
            throw Missing(description: "\(error)")
        }
    }

    private static func make(_ arguments: NetworkArguments) async throws -> ColorNetwork {
        try ColorNetwork(
            reading: arguments.model, on: arguments.device, precision: arguments.precision)
    }
}
