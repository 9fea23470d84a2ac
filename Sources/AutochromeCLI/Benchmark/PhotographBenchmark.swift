import Autochrome
import SystemPackage

/// Times the stages of colouring one photograph; the results are thrown away.
struct PhotographBenchmark {
    let path: FilePath
    let colorizer: Colorizer
    let rounds: Int

    func figures() async throws -> [Figure] {
        let photo = try PhotoFile(path: path, maxPixels: ColorizeOptions().maxPixels)
        let folder = try TemporaryFolder()
        let options = ColorizeOptions()
        let name = path.lastComponent?.string ?? "photograph"
        let seen = try await colorizer.see(photo, options: options)
        let upsampling = try await colorizer.colors(of: seen, options: options)
        return try await [
            .seconds("\(name): reading", rounds: rounds) {
                _ = try await colorizer.see(photo, options: options)
            },
            .seconds("\(name): network", rounds: rounds) {
                _ = try await colorizer.colors(of: seen, options: options)
            },
            .seconds("\(name): writing", rounds: rounds) {
                try write(photo, to: folder.path, upsampling, options)
            },
        ]
    }

    private func write(
        _ photo: PhotoFile, to folder: FilePath, _ upsampling: GuidedUpsampling,
        _ options: ColorizeOptions
    ) throws {
        let output = folder.appending("result.\(photo.format.fileExtension)")
        // Never committed, so nothing stays.
        let part = try PartialFile(for: output)
        _ = try colorizer.write(photo, to: part.path, upsampling, options: options)
    }
}
