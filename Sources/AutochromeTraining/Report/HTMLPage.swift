/// A page that needs nothing beside itself.
struct HTMLPage {
    let title: String
    /// Content below the heading, as HTML.
    let body: [String]
    /// Rules of its own, beside those of every page.
    var style = ""

    var text: String {
        """
        <!DOCTYPE html>
        <html lang="en"><meta charset="utf-8"><title>\(title.htmlEscaped)</title>
        <style>
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; \
        padding: 0 1rem; color: #222; background: #fff }
        svg, img { width: 100%; height: auto } h2 { margin-top: 2rem; font-size: 1rem }
        \(style)
        </style>
        <h1>\(title.htmlEscaped)</h1>
        \(body.joined(separator: "\n"))
        </html>

        """
    }
}

extension String {
    /// The text with what HTML takes for markup written out.
    var htmlEscaped: String {
        reduce(into: "") { text, character in
            switch character {
            case "&": text += "&amp;"
            case "<": text += "&lt;"
            case ">": text += "&gt;"
            case "\"": text += "&quot;"
            default: text.append(character)
            }
        }
    }
}
