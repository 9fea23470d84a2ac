import Autochrome
import AutochromeTraining
import Foundation
import SystemPackage
import Testing

@Suite struct ShardTests {
    @Test("Python's tarfile reads the shards back: names, bytes and order as dataset.json tells")
    func readBack() throws {
        let scratch = try Scratch()
        var random = Generator(state: 1)
        for seed in 0..<20 {
            // Grain makes them large.
            let square = TestPhotograph.square(seed, side: 512)
            let pixels = square.pixels.map { $0 / 2 + UInt8.random(in: 0...60, using: &random) }
            let photograph = PhotoSquare(side: 512, pixels: pixels)
            try scratch.write(try photograph.jpeg(quality: 90), as: "in/\(seed).jpg")
        }
        var settings = PrepareSettings()
        settings.shards = 1
        let shards = try Prepared(scratch, ["in"], as: "shards", settings: settings)
        let files = try Prepared(scratch, ["in"], as: "files")
        let script = """
            import glob, hashlib, tarfile
            for path in sorted(glob.glob("\(scratch.path("shards").string)/shards/*.tar")):
                with tarfile.open(path) as shard:
                    for member in shard:
                        data = shard.extractfile(member).read()
                        print(path.split("/")[-1], member.name, member.mode, member.mtime,
                              len(data), sum(data))
            """
        let told = shards.description.photographs.enumerated().map { index, photograph in
            let parts = photograph.file.split(separator: "!")
            let data = files.tree[files.description.photographs[index].file] ?? []
            return "\(parts[0].dropFirst("shards/".count)) \(parts[1]) 420 0 \(data.count) "
                + "\(data.reduce(0) { $0 + Int($1) })"
        }
        let read = try Python.run(script).split(separator: "\n").map(String.init)
        #expect(read == told)
        let sizes = shards.tree.filter { $0.key.hasSuffix(".tar") }.mapValues(\.count)
        #expect(sizes.count > 1)
        #expect(sizes.values.allSatisfy { $0 <= 1 << 20 && $0 % 512 == 0 })
    }

    @Test("A shard cut short since is told when it is packed, and no data set is made of it")
    func cutShort() throws {
        let work = try SharedWork()
        try work.prepare(0)
        let shard = "out/.prepare/shards-0/shards/000000.tar"
        // A header, and 188 bytes of the first photograph.
        try work.scratch.write(Array(try work.scratch.read(shard).prefix(700)), as: shard)
        let error = #expect(throws: PrepareError.self) { try work.prepare(1) }
        let sentence = "000000.tar: truncated: 188 of "
        #expect(error?.description.contains(sentence) == true)
        #expect(try work.scratch.tree("out")["dataset.json"] == nil)
        #expect(try work.scratch.read(shard).count == 700)
    }
}
