/// The known word that a mistyped one most likely means; nil where none is near.
///
/// Near is: equal but for case, or within a third of its length in insertions, deletions,
/// substitutions and exchanges of neighbours (optimal string alignment).
public func nearest(to word: String, among known: [String]) -> String? {
  let lower = word.lowercased()
  if let same = known.first(where: { $0.lowercased() == lower }) { return same }
  let limit = max(1, word.utf8.count / 3)
  var best: (word: String, distance: Int)?
  for candidate in known {
    let bytes = Array(candidate.lowercased().utf8)
    guard abs(bytes.count - lower.utf8.count) <= limit else { continue }
    let distance = alignmentDistance(Array(lower.utf8), bytes)
    if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.word
}

private func alignmentDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
  var beforeLast: [Int] = []
  var last = Array(0...b.count)
  for i in a.indices {
    var row = [i + 1]
    for j in b.indices {
      var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        cost = min(cost, beforeLast[j - 1] + 1)
      }
      row.append(cost)
    }
    (beforeLast, last) = (last, row)
  }
  return last[b.count]
}
