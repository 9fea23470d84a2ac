/// Part of one row of a photograph on its way from file to file. The buffers
/// are valid during the call that receives the row, and not after it.
package struct PhotoRow {
    /// Column of the first pixel, from the left, in the upright photograph.
    package let x: Int
    /// Row, from the top.
    package let y: Int
    /// Number of pixels.
    package let width: Int
    /// 8 or 16: samples are `UInt8` or `UInt16` in the machine's byte order.
    package let bitDepth: Int
    /// Samples a pixel in `input`: 1 or 3 colours, one more with alpha.
    package let inputBands: Int
    /// Samples a pixel in `output`: 3 colours, one more with alpha.
    package let outputBands: Int
    /// Interleaved, sRGB-encoded; alpha last and not premultiplied.
    package let input: UnsafeRawBufferPointer
    /// To be filled with three sRGB-encoded colours a pixel. Where there is
    /// alpha, it is the fourth sample and already copied.
    package let output: UnsafeMutableRawBufferPointer

    /// A row of these buffers, which hold `width` pixels each.
    package init(
        x: Int, y: Int, width: Int, bitDepth: Int, inputBands: Int, outputBands: Int,
        input: UnsafeRawBufferPointer, output: UnsafeMutableRawBufferPointer
    ) {
        self.x = x
        self.y = y
        self.width = width
        self.bitDepth = bitDepth
        self.inputBands = inputBands
        self.outputBands = outputBands
        self.input = input
        self.output = output
    }
}
