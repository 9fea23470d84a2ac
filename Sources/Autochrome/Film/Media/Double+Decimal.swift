extension Double {
    /// This many seconds with six digits, as ffmpeg takes them; within 10^12 seconds of 0, and 0
    /// for what is no number.
    var decimal: String {
        let seconds = isNaN ? 0 : Swift.min(Swift.max(self, -1e12), 1e12)
        let microseconds = Int64((seconds * 1e6).rounded())
        let (whole, rest) = abs(microseconds).quotientAndRemainder(dividingBy: 1_000_000)
        return (microseconds < 0 ? "-" : "") + "\(whole).\(rest.padded(6))"
    }
}
