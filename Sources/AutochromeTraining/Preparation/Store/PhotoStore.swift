/// Where prepared photographs go.
protocol PhotoStore {
    /// Puts a photograph there; `name` is unlike any other's and safe in every file system.
    ///
    /// - Returns: where it is, as `KeptPhotograph.file` and `.offset` tell it.
    mutating func put(
        _ jpeg: [UInt8], index: Int, name: String
    ) throws(PrepareError) -> (file: String, offset: Int?)

    /// Whether a photograph is still there as it was put.
    func holds(_ photograph: KeptPhotograph) -> Bool

    /// Takes up the work after `last`, nil for none; what was put later goes.
    mutating func reopen(after last: KeptPhotograph?) throws(PrepareError)

    /// Brings everything to its final place.
    mutating func finish() throws(PrepareError)
}
