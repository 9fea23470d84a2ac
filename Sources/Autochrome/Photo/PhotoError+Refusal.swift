internal import CVips

extension PhotoError {
    /// Why libvips' loader refused a file; nil where it did not.
    init?(refusal: Int32, _ header: CVipsHeader, file: String, detail: String) {
        switch Int(refusal) {
        case 0:
            return nil
        case CVIPS_REFUSED_CHANNELS:
            self = .unsupported(
                file: file, reason: "\(header.channels) channels; a photograph has 1 to 4")
        case CVIPS_REFUSED_SAMPLES:
            self = .unsupported(
                file: file, reason: "its samples are neither 8 nor 16 bits; save it as 16 bits")
        case CVIPS_REFUSED_KIND:
            self = .unsupported(file: file, reason: detail)
        default:
            self = .damaged(file: file, detail: detail)
        }
    }
}
