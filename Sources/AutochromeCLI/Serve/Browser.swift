import Subprocess

/// The browser of the person at this machine.
enum Browser {
    private static var command: String {
        #if os(macOS)
            "open"
        #else
            "xdg-open"
        #endif
    }

    /// Opens a page, or prints its address if that fails.
    static func open(_ address: String) {
        Task {
            do {
                var options = PlatformOptions()
                // Ctrl-C in the terminal of the program is not meant for the browser.
                options.createSession = true
                let ended = try await Subprocess.run(
                    .name(command), arguments: [address], platformOptions: options,
                    output: .discarded, error: .discarded)
                if !ended.terminationStatus.isSuccess {
                    tell(address, reason: "\(command) failed")
                }
            } catch {
                tell(address, reason: "\(command) cannot be run")
            }
        }
    }

    private static func tell(_ address: String, reason: String) {
        StandardStream.error.write(
            "Cannot open a browser: \(reason). Open \(address) in one.\n")
    }
}
