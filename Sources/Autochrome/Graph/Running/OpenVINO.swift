internal import COpenVINO

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

/// The boundary to OpenVINO: finds and opens the library, and turns its errors into Swift's.
package enum OpenVINO {
    typealias Table = UnsafePointer<copenvino_table>

    /// The release of the library, such as "2026.4.1-22982-...".
    ///
    /// - Throws: `TensorError` when there is none, or it cannot be used.
    package static func release() throws(TensorError) -> String {
        let table = try table()
        var version = copenvino_version()
        try check(table.pointee.get_openvino_version(&version), "asking for the release", table)
        defer { table.pointee.version_free(&version) }
        return version.build.map { String(cString: $0) } ?? ""
    }

    /// The functions of the library, opened at first use.
    static func table() throws(TensorError) -> Table {
        if let table = copenvino_loaded() { return table }
        let path = try locate(override: ProcessInfo.processInfo.environment["OPENVINO"])
        var message: UnsafeMutablePointer<CChar>?
        if let table = copenvino_load(path, &message) { return table }
        defer { copenvino_free_message(message) }
        throw .libraryUnusable(
            .openVINO, path: path,
            reason: message.map { String(cString: $0) } ?? "no reason was given")
    }

    /// The path of the library: in the folder `override` where that is given, else in the first
    /// place that has it.
    static func locate(override: String?) throws(TensorError) -> String {
        if let override {
            // As Scripts/setup unpacks it, as Python packages have it, and as Intel's archives.
            let folders = ["lib", "libs", "runtime/lib/intel64", "runtime/lib/aarch64", "."]
            for folder in folders.map({ "\(override)/\($0)" }) {
                let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
                if let name = names?.filter(isLibrary).min() { return "\(folder)/\(name)" }
            }
            throw .libraryUnusable(
                .openVINO, path: override,
                reason: "$OPENVINO names a folder without lib/\(fileName)")
        }
        let places = Installation.candidates(
            for: "openvino/lib/\(fileName)", installed: "lib/autochrome", checkout: ".deps")
        if let path = Installation.first(of: places) { return path }
        throw .libraryMissing(
            .openVINO,
            searched: "there is no \(places[0]), no \(places[1]), and no "
                + ".deps/openvino/lib/\(fileName) in a folder above the program")
    }

    /// The name of the library's file; packages append the release to it.
    private static var fileName: String {
        #if os(macOS)
            "libopenvino_c.dylib"
        #else
            "libopenvino_c.so"
        #endif
    }

    private static func isLibrary(_ name: String) -> Bool {
        name.hasPrefix("libopenvino_c.") && (name.contains(".so") || name.hasSuffix(".dylib"))
    }

    /// - Throws: what `status` stands for, unless it is success.
    static func check(
        _ status: copenvino_status, _ operation: String, _ table: Table
    ) throws(TensorError) {
        guard status != COPENVINO_OK else { return }
        let message = table.pointee.get_last_err_msg()
        defer { table.pointee.free(message) }
        let text =
            (message ?? table.pointee.get_error_info(status)).map { String(cString: $0) } ?? ""
        if text.contains("bad_alloc") || text.contains("out of memory") {
            throw .outOfMemory(
                operation: operation, shapes: [],
                reason: "use smaller photographs or a smaller --detail")
        }
        throw .invalid(
            operation: operation, shapes: [], reason: reason(in: text))
    }

    /// The last line of a message that says something: those before it say where in the sources of
    /// OpenVINO it was noticed.
    static func reason(in message: String) -> String {
        let lines = message.split(whereSeparator: \.isNewline)
            .map { $0.drop(while: \.isWhitespace) }
            .filter { !$0.isEmpty && !$0.hasPrefix("Exception from ") }
        let line = lines.last ?? "no reason was given"
        return String(line.hasSuffix(".") ? line.dropLast() : line)
    }
}
