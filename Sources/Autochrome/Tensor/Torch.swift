internal import CTorch

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The boundary to libtorch: finds and opens the shim, and turns its errors into Swift's.
enum Torch {
    typealias Table = UnsafePointer<ctorch_table>
    typealias ErrorSlot = UnsafeMutablePointer<ctorch_error>

    /// The name of the shim's file.
    static var fileName: String {
        #if os(macOS)
            "libautochrome_torch.dylib"
        #else
            "libautochrome_torch.so"
        #endif
    }

    /// The function table, opened at first use (about 0.4 s).
    static func table() throws(TensorError) -> Table {
        if let table = ctorch_loaded() { return table }
        let path = try locate(override: ProcessInfo.processInfo.environment["AUTOCHROME_TORCH"])
        var error = ctorch_error()
        if let table = ctorch_load(path, &error) { return table }
        defer { ctorch_free_message(error.message) }
        throw .libraryUnusable(.libtorch, path: path, reason: text(error))
    }

    /// Whether the shim is in one of its places.
    static var isInstalled: Bool {
        (try? locate(override: ProcessInfo.processInfo.environment["AUTOCHROME_TORCH"])) != nil
    }

    /// The path of the shim: `override` where it is given, else the first place that has it.
    static func locate(override: String?) throws(TensorError) -> String {
        if let override {
            if Installation.first(of: [override]) != nil { return override }
            throw .libraryMissing(
                .libtorch, searched: "$AUTOCHROME_TORCH names \(override), which does not exist")
        }
        let places = Installation.candidates(
            for: fileName, installed: "lib/autochrome", checkout: ".deps")
        if let path = Installation.first(of: places) { return path }
        throw .libraryMissing(
            .libtorch,
            searched: "there is no \(places[0]), no \(places[1]), and no .deps/\(fileName) in a "
                + "folder above the program")
    }

    /// Runs an operation that makes a tensor.
    ///
    /// `inputs` are kept alive until it is done, and named in the error when it fails.
    static func make(
        _ operation: @autoclosure () -> String, _ inputs: [Tensor],
        _ body: (Table, ErrorSlot) -> OpaquePointer?
    ) throws(TensorError) -> Tensor {
        let table = try table()
        var error = ctorch_error()
        let handle = withExtendedLifetime(inputs) { body(table, &error) }
        guard let handle else { throw failure(operation(), inputs, error, table) }
        return Tensor(owning: handle)
    }

    /// Runs an operation that makes nothing and answers with a status.
    static func perform(
        _ operation: @autoclosure () -> String, _ inputs: [Tensor],
        _ body: (Table, ErrorSlot) -> Int32
    ) throws(TensorError) {
        let table = try table()
        var error = ctorch_error()
        let status = withExtendedLifetime(inputs) { body(table, &error) }
        if status == 0 { throw failure(operation(), inputs, error, table) }
    }

    /// Lends `sizes` to the shim.
    static func withSizes<Result>(_ sizes: [Int], _ body: (ctorch_sizes) -> Result) -> Result {
        sizes.map(Int64.init).withUnsafeBufferPointer { buffer in
            body(ctorch_sizes(values: buffer.baseAddress, count: Int32(buffer.count)))
        }
    }

    static func failure(
        _ operation: String, _ inputs: [Tensor], _ error: ctorch_error, _ table: Table
    ) -> TensorError {
        defer { table.pointee.free_message(error.message) }
        let shapes = inputs.map(\.shape)
        return error.kind == Int32(CTORCH_ERROR_OUT_OF_MEMORY.rawValue)
            ? .outOfMemory(operation: operation, shapes: shapes, reason: text(error))
            : .invalid(operation: operation, shapes: shapes, reason: text(error))
    }

    private static func text(_ error: ctorch_error) -> String {
        error.message.map { String(cString: $0) } ?? "no reason was given"
    }
}
