/// ffmpeg or ffprobe is not in PATH.
package struct MediaError: Error, CustomStringConvertible {
    /// The program that is missing.
    let program: String

    package var description: String {
        "\(program) is not in PATH; it reads and writes films. Install ffmpeg (apt-get install "
            + "ffmpeg, brew install ffmpeg)."
    }
}
