import Autochrome
import Testing

@Suite struct PlaneTests {
    @Test("Reflection repeats the mirror image without the edge, as often as needed")
    func reflection() {
        let plane = Plane(width: 3, height: 1, values: [1, 2, 3])
        let reflected = plane.reflected(toWidth: 9, height: 2)
        let row: [Float] = [1, 2, 3, 2, 1, 2, 3, 2, 1]
        #expect(reflected.values == row + row)
    }

    @Test("A single pixel is reflected into a plane of its value")
    func singlePixel() {
        let reflected = Plane(width: 1, height: 1, values: [7]).reflected(toWidth: 32, height: 32)
        #expect(reflected == Plane(width: 32, height: 32, repeating: 7))
    }

    @Test("The box mean is the mean of the window's part inside the plane")
    func boxMean() {
        let plane = Plane(width: 5, height: 4, values: (0..<20).map { Float($0 * $0 % 7) })
        let mean = plane.boxMean(radius: 2)
        for y in 0..<4 {
            for x in 0..<5 {
                let window = (max(0, y - 2)...min(3, y + 2)).flatMap { row in
                    (max(0, x - 2)...min(4, x + 2)).map { plane[$0, row] }
                }
                let expected = window.reduce(0, +) / Float(window.count)
                #expect(abs(mean[x, y] - expected) < 1e-5)
            }
        }
    }

    @Test("Averaging by blocks gives each block's mean")
    func averaging() {
        let plane = Plane(width: 4, height: 2, values: [1, 3, 0, 0, 5, 7, 0, 4])
        #expect(plane.averaged(by: 2).values == [4, 1])
    }
}
