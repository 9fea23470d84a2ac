internal import FuzzSupport
internal import SystemPackage

@testable internal import AutochromeTraining

/// Reads `dataset.json` and opens the photographs it names; what does not begin as JSON is a shard.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Input.bytes(start, count)
    Input.inFolder { folder in
        let isDescription = bytes.first == UInt8(ascii: "{")
        Input.write(bytes, to: folder + (isDescription ? "/dataset.json" : "/0.tar"))
        if let header = try? DatasetDescription.header(of: FilePath(folder)) {
            precondition(header.counts.droppedInAll != -1)
        }
        let source = try PhotoSource([folder])
        for number in source.names.indices.prefix(8) { _ = try? source.photograph(number) }
    }
    return 0
}
