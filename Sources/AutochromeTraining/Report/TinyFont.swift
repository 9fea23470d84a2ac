internal import Autochrome

/// Letters of 5 x 7 dots, as many as titles of sample sheets need.
enum TinyFont {
    static let width = 5
    static let height = 7

    /// Seven rows of a letter, the leftmost dot in the highest of five bits.
    private static let rows: [Character: [UInt8]] = [
        "0": [14, 17, 19, 21, 25, 17, 14], "1": [4, 12, 4, 4, 4, 4, 14],
        "2": [14, 17, 1, 2, 4, 8, 31], "3": [31, 2, 4, 2, 1, 17, 14],
        "4": [2, 6, 10, 18, 31, 2, 2], "5": [31, 16, 30, 1, 1, 17, 14],
        "6": [6, 8, 16, 30, 17, 17, 14], "7": [31, 1, 2, 4, 8, 8, 8],
        "8": [14, 17, 17, 14, 17, 17, 14], "9": [14, 17, 17, 15, 1, 2, 12],
        "a": [0, 0, 14, 1, 15, 17, 15], "b": [16, 16, 30, 17, 17, 17, 30],
        "c": [0, 0, 14, 16, 16, 17, 14], "e": [0, 0, 14, 17, 31, 16, 14],
        "h": [16, 16, 30, 17, 17, 17, 17], "l": [12, 4, 4, 4, 4, 4, 14],
        "o": [0, 0, 14, 17, 17, 17, 14], "p": [0, 0, 30, 17, 30, 16, 16],
        "s": [0, 0, 15, 16, 14, 1, 30], "t": [8, 8, 28, 8, 8, 9, 6],
        ",": [0, 0, 0, 0, 12, 4, 8], ".": [0, 0, 0, 0, 0, 12, 12],
        "-": [0, 0, 0, 31, 0, 0, 0], "+": [0, 4, 4, 31, 4, 4, 0],
    ]

    /// Draws `text` in black with its upper left corner at (x, y), each dot `scale` pixels wide;
    /// what has no letter stays empty, what does not fit is cut off.
    static func draw(_ text: String, in picture: inout Picture, x: Int, y: Int, scale: Int) {
        for (place, letter) in text.enumerated() {
            let left = x + place * (width + 1) * scale
            for (row, bits) in (rows[letter] ?? []).enumerated() {
                for column in 0..<width where bits & (16 >> UInt8(column)) != 0 {
                    fill(&picture, x: left + column * scale, y: y + row * scale, scale)
                }
            }
        }
    }

    private static func fill(_ picture: inout Picture, x: Int, y: Int, _ scale: Int) {
        for row in y..<min(y + scale, picture.height) {
            for column in x..<max(x, min(x + scale, picture.width)) {
                for channel in 0..<3 {
                    picture.pixels[3 * (row * picture.width + column) + channel] = 0
                }
            }
        }
    }
}
