import Autochrome
import Foundation
import SystemPackage
import Testing

/// Which library colours, and what is said where there is none.
@Suite struct EngineTests {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// A copy of the program in a folder with the model and no engine library in or above it.
    private func program(withLibtorch: Bool) throws -> URL {
        let folder = scratch.url.appending(path: "program")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let copy = folder.appending(path: "autochrome")
        try FileManager.default.copyItem(at: Program.url, to: copy)
        for name in ["autochrome.safetensors", "SHA256SUMS"] {
            try FileManager.default.createSymbolicLink(
                at: folder.appending(path: name),
                withDestinationURL: Program.root.appending(path: "Models/\(name)"))
        }
        if withLibtorch {
            try FileManager.default.createSymbolicLink(
                at: folder.appending(path: "libautochrome_torch.so"),
                withDestinationURL: Program.root.appending(path: ".deps/libautochrome_torch.so"))
        }
        return copy
    }

    private func addPhotograph() throws {
        try scratch.write(TestPhoto.grey(width: 64, height: 48), as: "photo.tif")
    }

    /// The pixels of a result, 64 x 48.
    private func pixels(_ name: String) throws -> [Float] {
        try PhotoFile(path: FilePath(scratch.path(name)), maxPixels: 10_000)
            .scaled(width: 64, height: 48).values.map { Float($0) }
    }

    @Test func `OpenVINO colours, and model info says so`() throws {
        let result = try Program.run("model", "info", "--json")
        let facts = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
        let engine = (facts as? [String: Any])?["engine"] as? String
        #expect(engine?.hasPrefix("OpenVINO 2026.") == true, "\(result.output)")
        #expect(try Program.run("model", "info").output.contains("\nengine on this CPU  OpenVINO"))
    }

    @Test func `where there is no OpenVINO, libtorch gives the same colours`() throws {
        try addPhotograph()
        let program = try program(withLibtorch: true)
        let facts = try Program.run(program, arguments: ["model", "info"])
        #expect(facts.output.contains("engine on this CPU  libtorch\n"), "\(facts)")
        let made = try Program.run(
            program, arguments: ["photo.tif", "-o", "torch.tif"], in: scratch.url)
        #expect(made.status == 0, "\(made.error)")
        #expect(try Program.run("photo.tif", "-o", "graph.tif", in: scratch.url).status == 0)
        let (a, b) = (
            try pixels("torch.tif"), try pixels("graph.tif")
        )
        #expect(a.count == b.count)
        // Sums in another order may round to the next code, of 255.
        #expect(zip(a, b).allSatisfy { abs($0 - $1) <= 1.01 / 255 })
    }

    @Test func `without any engine it says what installs one`() throws {
        try addPhotograph()
        let result = try Program.run(
            program(withLibtorch: false), arguments: ["photo.tif"], in: scratch.url)
        #expect(result.status == 1)
        #expect(
            result.error.contains("OpenVINO was not found: ")
                && result.error.contains("`Scripts/setup` installs it."), "\(result.error)")
        #expect(!scratch.exists("photo.color.tif"))
    }

    @Test func `an OpenVINO that is named and not there is not replaced`() throws {
        try addPhotograph()
        let result = try Program.run(
            "photo.tif", in: scratch.url, environment: ["OPENVINO": "/nowhere"])
        #expect(result.status == 1)
        #expect(
            result.error.contains("$OPENVINO names a folder without lib/"), "\(result.error)")
    }

    @Test func `training and GPUs without libtorch say what installs it`() throws {
        try addPhotograph()
        let environment = ["AUTOCHROME_TORCH": "/nowhere/libautochrome_torch.so"]
        let training = try TrainingScratch()
        let results = [
            try Program.run(arguments: training.arguments(run: "run"), environment: environment),
            try Program.run(
                "photo.tif", "--device", "cuda", in: scratch.url, environment: environment),
        ]
        for result in results {
            #expect(result.status == 1, "\(result.error)")
            #expect(result.error.contains("`Scripts/setup train` installs it."), "\(result.error)")
        }
    }
}
