internal import CVips
internal import CExiv2

package func libraries() -> String {
    String(cString: cvips_version()) + String(cString: cexiv2_version())
}
