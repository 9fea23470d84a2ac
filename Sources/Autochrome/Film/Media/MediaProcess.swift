internal import Subprocess
internal import Synchronization
internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// ffmpeg or ffprobe at work, its standard input and output on pipes or files.
///
/// It runs in a process group of its own, so that Ctrl-C on a terminal reaches this program
/// alone, which ends it in order. When this program is killed, its pipes break and it ends.
final class MediaProcess: Sendable {
    /// How it ended.
    struct Ending: Sendable {
        /// Exit status 0.
        let isGood: Bool

        /// The first and the last lines it wrote to standard error.
        let lines: [String]

        /// Whether the disk had no room left.
        var isFullDisk: Bool { lines.contains { $0.contains("No space left on device") } }

        /// What it said last, in one sentence's worth.
        var reason: String {
            let told = lines.last { !$0.isEmpty } ?? "it ended without a word"
            return isFullDisk ? "no space is left on the disk" : told
        }
    }

    private let task: Task<Ending, any Error>
    private let box: Box

    /// Starts `tool`, found by PATH. Both descriptors are closed here once it has them.
    init(
        _ tool: String, _ arguments: [MediaArgument], input: FileDescriptor, output: FileDescriptor
    ) {
        let box = Box()
        task = Task { try await Self.run(tool, arguments, input, output, box) }
        self.box = box
    }

    /// The process's number while it runs.
    private final class Box: Sendable {
        let identifier = Mutex<pid_t?>(nil)
    }

    /// Waits for its end.
    ///
    /// - Throws: `MediaError` when there is none of that name.
    func ending() async throws -> Ending { try await task.value }

    /// Ends it at once, if it still runs.
    func kill() {
        box.identifier.withLock { identifier in
            if let identifier { _ = systemKill(identifier, SIGKILL) }
        }
    }

    private static func run(
        _ tool: String, _ arguments: [MediaArgument], _ input: FileDescriptor,
        _ output: FileDescriptor, _ box: Box
    ) async throws -> Ending {
        var options = PlatformOptions()
        options.processGroupID = 0
        // Each ends with the zero that ends it in C.
        let bytes = arguments.map { $0.bytes + [0] }
        do {
            let result = try await Subprocess.run(
                .name(tool), arguments: Arguments(bytes), platformOptions: options,
                input: .fileDescriptor(input, closeAfterSpawningProcess: true),
                output: .fileDescriptor(output, closeAfterSpawningProcess: true),
                error: .sequence
            ) { execution in
                box.identifier.withLock { $0 = execution.processIdentifier.value }
                defer { box.identifier.withLock { $0 = nil } }
                var lines: [String] = []
                for try await line in execution.standardError.strings() {
                    if lines.count >= 40 { lines.remove(at: 20) }
                    lines.append(line)
                }
                return lines
            }
            return Ending(
                isGood: result.terminationStatus.isSuccess, lines: result.closureResult)
        } catch let error as SubprocessError where error.code == .executableNotFound {
            throw MediaError(program: tool)
        }
    }
}

/// The C library's function, which a method of the same name hides.
private let systemKill: @Sendable (pid_t, Int32) -> Int32 = { kill($0, $1) }
