import Autochrome
import Testing

/// Where a hint would help most.
@Suite struct UndecidedPlacesTests {
    @Test("No place is within an area, even where its outline winds around it twice")
    func areas() throws {
        var entropy = Plane(width: 40, height: 40, repeating: 0.1)
        for y in 14..<26 { for x in 14..<26 { entropy[x, y] = 5 } }
        let places = UndecidedPlaces(entropy: entropy, width: 40, height: 40)
        let free = try #require(places.most(awayFrom: nil))
        #expect((0.3...0.7).contains(free.x) && (0.3...0.7).contains(free.y))
        let square = [SIMD2(0.3, 0.3), SIMD2(0.7, 0.3), SIMD2(0.7, 0.7), SIMD2(0.3, 0.7)]
        for corners in [square, square + square] {
            let area = HintArea(corners: corners, color: HintColor(a: 0, b: 0))
            let place = try #require(places.most(awayFrom: Hints(areas: [area])))
            #expect(
                !((0.3...0.7).contains(place.x) && (0.3...0.7).contains(place.y)), "\(place)")
        }
    }
}
