import Units

/// The numbered badges by which pictures point out moments.
enum Badge {
  /// The height of a row of badges.
  static let row = 22.0
  /// The middle of the first row.
  static let top = 12.0

  /// For each instant the lowest row in which its badge covers no other.
  static func lanes(_ instants: [Instant], _ time: TimeAxis) -> [Int] {
    var taken: [Double] = []
    return instants.map { at in
      let x = time.x(at)
      let lane = taken.firstIndex { x - $0 >= 21 } ?? taken.count
      if lane == taken.count { taken.append(x) } else { taken[lane] = x }
      return lane
    }
  }

  /// A badge with the line below it.
  static func svg(
    _ number: Int, at x: Double, lane: Int, bottom: Double, group: HappeningGroup, title: String
  ) -> [String] {
    let y = top + Double(lane) * row
    return [
      "<g class=\"mk g-\(group.rawValue)\"><title>\(Escape.markup(title))</title>",
      SVG.line(x1: x, y1: y + 9, x2: x, y2: bottom, kind: "ml"),
      "<circle cx=\"\(SVG.number(x))\" cy=\"\(SVG.number(y))\" r=\"9.5\"/>",
      SVG.text("\(number)", x: x, y: y + 3.6, anchor: "middle", kind: "mn"), "</g>",
    ]
  }
}
