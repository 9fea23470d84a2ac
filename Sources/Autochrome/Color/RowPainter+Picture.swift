extension RowPainter {
    /// Painter that removes all colour from a picture and keeps its L*.
    package static func grey(for picture: Picture) -> RowPainter {
        let plane = Plane(width: 1, height: 1)
        let colorless = GuidedUpsampling(
            lightness: plane, a: plane, b: plane, scaleX: Float(picture.width),
            scaleY: Float(picture.height))
        return RowPainter(upsampling: colorless, saturation: 0)
    }

    /// The coloured form of a picture in memory; the upsampling must be for its size.
    package func painted(_ picture: Picture) -> Picture {
        var result = picture
        let bytes = picture.width * 3
        picture.pixels.withUnsafeBytes { input in
            result.pixels.withUnsafeMutableBytes { output in
                for y in 0..<picture.height {
                    let row = y * bytes..<(y + 1) * bytes
                    paint(
                        PhotoRow(
                            x: 0, y: y, width: picture.width, bitDepth: 8, inputBands: 3,
                            outputBands: 3, input: UnsafeRawBufferPointer(rebasing: input[row]),
                            output: UnsafeMutableRawBufferPointer(rebasing: output[row])))
                }
            }
        }
        return result
    }
}
