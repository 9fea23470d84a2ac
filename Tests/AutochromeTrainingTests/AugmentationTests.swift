import Autochrome
import AutochromeTraining
import Testing

@Suite struct AugmentationTests {
    private static func sample(
        _ augmentation: Augmentation, epoch: Int = 0
    ) throws -> TrainingSample {
        let source = try PhotoSource([Scratch.checkout("Samples")])
        let maker = SampleMaker(
            source: source, size: 96, augmentation: augmentation, seed: 3, givesCells: false)
        let index = try #require(source.names.firstIndex(of: "coffee.jpg"))
        return try maker.sample(at: index, of: Array(source.names.indices), epoch: epoch)
    }

    private static func colors(_ sample: TrainingSample) -> [Float] {
        if case .colors(let values) = sample.target { values } else { [] }
    }

    private static func with(_ change: (inout Augmentation) -> Void) -> Augmentation {
        var augmentation = Augmentation.none
        change(&augmentation)
        return augmentation
    }

    @Test(arguments: [
        with { $0.exposure = 1 }, with { $0.contrast = 0.5 }, with { $0.fading = 0.4 },
        with { $0.grain = 8 }, with { $0.blur = 3 }, with { $0.jpeg = 1 },
    ])
    func `age changes the input and never the target`(augmentation: Augmentation) throws {
        let (plain, aged) = (try Self.sample(.none), try Self.sample(augmentation))
        #expect(plain.lightness != aged.lightness)
        #expect(Self.colors(plain) == Self.colors(aged))
        #expect(aged.lightness.allSatisfy { (-0.01...100.01).contains($0) })
        #expect(try Self.sample(augmentation).lightness == aged.lightness)
    }

    @Test func `a mirrored photograph has mirrored colours`() throws {
        let (plain, mirrored) = (try Self.sample(.none), try Self.sample(Self.with { $0.flip = 1 }))
        for start in stride(from: 0, to: 96 * 96, by: 7 * 96) {
            let row = start..<start + 96
            let lightness = [Float](plain.lightness[row].reversed())
            #expect(lightness == [Float](mirrored.lightness[row]))
            let colors = [Float](Self.colors(plain)[row].reversed())
            #expect(colors == [Float](Self.colors(mirrored)[row]))
        }
    }

    @Test func `epochs see other squares`() throws {
        let cut = Self.with { $0.scale = 2 }
        #expect(try Self.sample(cut).lightness != Self.sample(cut, epoch: 1).lightness)
    }

    @Test func `JPEG at full quality changes little, at the lowest much`() throws {
        let values: [Float] = (0..<64 * 64).map { i in
            let texture = i * 37 % 23
            return Float(39 + texture)
        }
        let plane = Plane(width: 64, height: 64, values: values)
        func distance(_ quality: Double) -> Float {
            var sum: Float = 0
            for (a, b) in zip(plane.compressed(quality: quality).values, values) {
                sum += abs(a - b)
            }
            return sum / Float(values.count)
        }
        #expect(distance(100) < 0.3)
        #expect(distance(10) > 2)
    }
}
