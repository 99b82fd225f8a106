/// Which known word a misspelt one is nearest to.
public enum Spelling {
  /// The word within two edits (a third of its length for short words); the first of equals.
  public static func nearest(_ word: String, in known: [String]) -> String? {
    var best: (word: String, distance: Int)?
    for candidate in known.sorted() where candidate != word {
      let distance = distance(Array(word.lowercased().utf8), Array(candidate.lowercased().utf8))
      if distance <= min(2, max(1, word.count / 3)), distance < best?.distance ?? Int.max {
        best = (candidate, distance)
      }
    }
    return best?.word
  }

  /// Levenshtein distance.
  private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, y) in b.enumerated() {
        let next = min(row[j] + 1, row[j + 1] + 1, diagonal + (x == y ? 0 : 1))
        diagonal = row[j + 1]
        row[j + 1] = next
      }
    }
    return row[b.count]
  }
}
