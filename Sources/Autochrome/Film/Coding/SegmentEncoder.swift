internal import SystemPackage

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Writes frames into one file through ffmpeg, on a thread of its own.
actor SegmentEncoder {
    private nonisolated let executor = ThreadExecutor(label: "film encoder")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let process: MediaProcess
    private let pipe: FileDescriptor
    private let path: FilePath
    private var isOpen = true

    /// Whether ffmpeg is done with the file.
    private(set) var hasEnded = false

    /// Time of the first frame, which is 0 in the file.
    private let start: Int64
    private let header: [UInt8]
    private var frames = 0

    /// - Parameters:
    ///   - path: the file, which is made anew.
    ///   - setup: what is written.
    ///   - start: time of the first frame.
    init(_ path: FilePath, setup: FilmSetup, start: Int64) throws {
        let (read, write) = try MediaTool.pipe()
        pipe = write
        self.path = path
        self.start = start
        header = NUTWriter(setup.stream).header
        var arguments = MediaTool.quiet
        arguments += ["-y", "-f", "nut", "-i", "pipe:0"]
        arguments += ["-vf", "\(setup.colors.filter(setup.codec))", "-fps_mode", "passthrough"]
        let base = setup.stream.timeBase
        arguments += ["-enc_time_base", "\(base.numerator)/\(base.denominator)"]
        arguments += setup.encoderArguments.map { MediaArgument($0) }
        arguments += ["-pix_fmt", "\(setup.pixelFormat)"]
        arguments += setup.colors.arguments(setup.codec).map { MediaArgument($0) }
        arguments += ["-f", "\(setup.codec.segmentContainer)", MediaArgument(path)]
        process = MediaProcess("ffmpeg", arguments, input: read, output: try MediaTool.nothing())
    }

    /// Adds a frame. Blocks while ffmpeg has enough.
    ///
    /// - Throws: `FilmError.unwritable` with ffmpeg's reason when it has ended.
    func write(time: Int64, _ bytes: [UInt8]) async throws {
        do {
            if frames == 0 { try pipe.writeAll(header) }
            try pipe.writeAll(NUTWriter.frameHeader(time: time - start, size: bytes.count))
            try pipe.writeAll(bytes)
            frames += 1
        } catch {
            throw await failure()
        }
    }

    /// Ends the file, and waits until the disk has it.
    ///
    /// - Returns: its size in bytes.
    /// - Throws: `FilmError.unwritable` when ffmpeg or the disk could not.
    func finish() async throws -> Int {
        closePipe()
        defer { hasEnded = true }
        let ending = try await process.ending()
        guard ending.isGood, !ending.isFullDisk else {
            throw FilmError.unwritable(path, reason: ending.reason)
        }
        return try synchronize()
    }

    private func synchronize() throws -> Int {
        do {
            let file = try FileDescriptor.open(path, .readWrite, options: .closeOnExec)
            return try file.closeAfter {
                guard fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
                return Int(try file.seek(offset: 0, from: .end))
            }
        } catch {
            throw FilmError.unwritable(path, reason: "\(error)")
        }
    }

    /// Gives the file up, and removes it: where the disk is full, room is wanted.
    func cancel() async {
        process.kill()
        closePipe()
        _ = try? await process.ending()
        _ = path.withPlatformString { unlink($0) }
    }

    private func failure() async -> any Error {
        closePipe()
        do {
            return FilmError.unwritable(path, reason: try await process.ending().reason)
        } catch {
            return error
        }
    }

    private func closePipe() {
        if isOpen { try? pipe.close() }
        isOpen = false
    }
}
