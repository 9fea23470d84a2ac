import Autochrome
import Foundation
import SystemPackage
import Testing

/// What the options of `colorize` do to the picture.
@Suite struct ColorizeOptionsTests {
    let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        let sample = Program.root.appending(path: "Samples/coffee.jpg")
        try FileManager.default.copyItem(at: sample, to: scratch.url.appending(path: "a.jpg"))
    }

    /// Colours the sample and reads the result back.
    private func colored(_ arguments: String..., output: String = "out.png") throws -> LabPlanes {
        let process = Program.process(
            ["a.jpg", "-o", output, "--overwrite"] + arguments, in: scratch.url)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return try read(output)
    }

    private func read(_ name: String) throws -> LabPlanes {
        let photo = try PhotoFile(path: FilePath(scratch.path(name)), maxPixels: 10_000_000)
        let scaled = try photo.scaled(width: photo.width, height: photo.height)
        return Lab.planes(
            of: scaled.values, channels: scaled.channels, width: scaled.width,
            height: scaled.height)
    }

    private func meanChroma(_ planes: LabPlanes) -> Float {
        let chroma = zip(planes.a.values, planes.b.values).map { ($0 * $0 + $1 * $1).squareRoot() }
        return chroma.reduce(0, +) / Float(chroma.count)
    }

    @Test("More vividness gives more chroma, and the default is 0.5")
    func vividness() throws {
        let timid = meanChroma(try colored("--vividness", "0"))
        let middle = meanChroma(try colored("--vividness", "0.5"))
        let vivid = meanChroma(try colored("--vividness", "1"))
        #expect(timid < middle && middle < vivid)
        #expect(meanChroma(try colored()) == middle)
    }

    @Test("Saturation multiplies chroma, and 0 gives grey")
    func saturation() throws {
        let plain = meanChroma(try colored())
        // In gamut and by 8-bit codes, half is half within a tenth.
        #expect(abs(meanChroma(try colored("--saturation", "0.5")) / plain - 0.5) < 0.05)
        #expect(meanChroma(try colored("--saturation", "0")) < 0.01)
    }

    @Test("The default of --detail is 256, and the farther from it the more the colours change")
    func detail() throws {
        let standard = try colored()
        func change(_ detail: String) throws -> Float {
            let other = try colored("--detail", detail)
            let changes = [\LabPlanes.a, \.b].map { plane in
                zip(standard[keyPath: plane].values, other[keyPath: plane].values)
                    .reduce(0) { $0 + abs($1.0 - $1.1) }
            }
            return changes.reduce(0, +) / Float(2 * standard.a.values.count)
        }
        #expect(try change("256") == 0)
        // By a few units of a* and b*, not to another picture.
        let (coarse, fine) = (try change("64"), try change("384"))
        #expect(0.2 < fine && fine < coarse && coarse < 10)
        for outside in ["31", "2049"] {
            #expect(try Program.run("a.jpg", "--detail", outside, in: scratch.url).status == 64)
        }
    }

    @Test("--compare shows the photograph on the left and the result on the right")
    func compare() throws {
        let alone = try colored()
        let both = try colored("--compare", output: "both.png")
        let before = try read("a.jpg")
        let width = alone.a.width
        #expect(both.a.width == 2 * width)
        for y in stride(from: 0, to: alone.a.height, by: 17) {
            for x in stride(from: 0, to: width, by: 13) {
                #expect(both.b[width + x, y] == alone.b[x, y])
                #expect(both.lightness[x, y] == before.lightness[x, y])
            }
        }
    }

    @Test("--format and the result's name choose the format, --quality its size")
    func formats() throws {
        _ = try colored(output: "out.tif")
        #expect(try scratch.read("out.tif").starts(with: [0x49, 0x49]))
        let webp = try Program.run("a.jpg", "-o", "dir", "--format", "webp", in: scratch.url)
        #expect(webp.results == ["dir/a.webp"])
        #expect(try scratch.read("dir/a.webp").prefix(4) == Data("RIFF".utf8))
        _ = try colored("--quality", "95", output: "fine.jpg")
        _ = try colored("--quality", "40", output: "coarse.jpg")
        #expect(try scratch.read("coarse.jpg").count < scratch.read("fine.jpg").count / 2)
        let lossless = try Program.run("a.jpg", "-o", "b.png", "--quality", "50", in: scratch.url)
        #expect(lossless.status == 64)
        #expect(lossless.error.contains("--quality is not for PNG, which is lossless"))
    }

    @Test("--max-pixels refuses what would be decoded whole, with its size and what to do")
    func maxPixels() throws {
        #expect(try Program.run("a.jpg", "-o", "a.webp", in: scratch.url).status == 0)
        let result = try Program.run("a.webp", "--max-pixels", "1K", in: scratch.url)
        #expect(result.status == 1)
        #expect(result.error.contains("--max-pixels"), "\(result.error)")
        // A baseline JPEG streams and is not bounded.
        #expect(try Program.run("a.jpg", "--max-pixels", "1K", in: scratch.url).status == 0)
    }

    @Test(
        "--model and --device choose the network and where it runs; the article's has no vividness")
    func model() throws {
        let copy = scratch.path("model.safetensors")
        let standard = Program.root.appending(path: "Models/autochrome.safetensors").path
        #expect(
            try Program.run("model", "convert", standard, copy, "--precision", "fp32").status == 0)
        // fp32 of the same values computes the same.
        #expect(try colored("--model", copy, "--device", "cpu").a == colored().a)
        let info = try Program.run("model", "info", copy, "--json")
        #expect(info.output.contains("\"precision\" : \"fp32\""))
        #expect(
            try Program.run("model", "convert", standard, copy, "--precision", "fp16").status == 64)
        let missing = try Program.run("a.jpg", "--device", "cuda:7", in: scratch.url)
        #expect(missing.status == 1)
        #expect(missing.error.contains("cuda:7"), "\(missing.error)")
    }

    @Test(
        "The result's L* is the photograph's: 0.6 on average, 1.5 at the 99th percentile, for 8 bits",
        arguments: ["png", "tif"])
    func lightness(ending: String) throws {
        for sample in ["photographer.png", "cat.jpg", "rocket.jpg", "astronaut.jpg"] {
            let input = Program.root.appending(path: "Samples/\(sample)").path
            let output = "out.\(ending)"
            let run = try Program.run(input, "-o", output, "--overwrite", in: scratch.url)
            try #require(run.status == 0, "\(run.error)")
            let photo = try PhotoFile(path: FilePath(input), maxPixels: 10_000_000)
            let scaled = try photo.scaled(width: photo.width, height: photo.height)
            let before = Lab.planes(
                of: scaled.values, channels: scaled.channels, width: scaled.width,
                height: scaled.height)
            let after = try read(output)
            let off = zip(before.lightness.values, after.lightness.values)
                .map { abs($0 - $1) }.sorted()
            #expect(off.reduce(0, +) / Float(off.count) < 0.6)
            #expect(off[off.count * 99 / 100] < 1.5)
        }
    }
}
