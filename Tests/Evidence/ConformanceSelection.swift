public import Foundation

/// The compact selection of cases that is committed, so that a bare clone tests every family.
///
/// All chosen edge cases, and of the other cases an even sample of at most `sampleMax` per family,
/// shortest lines preferred within each step so that the selection stays small.
public enum ConformanceSelection {
  public static let sampleMax = 120
  /// No family takes more than this share of the committed bytes, except by its edge cases.
  public static let bytesMax = 120_000

  /// Writes the selection of every implemented family of `source` into `target`.
  public static func write(from source: URL, to target: URL) throws {
    try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
    for family in FamilyCatalog.all {
      let url = source.appending(path: family.name + ".jsonl")
      let text = String(decoding: try Data(contentsOf: url), as: UTF8.self)
      let lines = text.split(separator: "\n")
      let chosen = selection(of: lines, edge: "{\"id\":\"\(family.name)/edge/")
      let joined = chosen.map { $0 + "\n" }.joined()
      try Data(joined.utf8).write(to: target.appending(path: family.name + ".jsonl"))
    }
  }

  static func selection(of lines: [Substring], edge: String) -> [Substring] {
    var chosen = lines.indices.filter { lines[$0].hasPrefix(edge) }
    let others = lines.indices.filter { !lines[$0].hasPrefix(edge) }
    let step = max(1, (others.count + sampleMax - 1) / sampleMax)
    var bytesLeft = bytesMax
    for start in stride(from: 0, to: others.count, by: step) {
      let group = others[start..<min(start + step, others.count)]
      guard let shortest = group.min(by: { lines[$0].utf8.count < lines[$1].utf8.count }) else {
        continue
      }
      // Alternate between a short case and the first of its group: short cases alone are dull.
      let pick = (start / step).isMultiple(of: 2) ? shortest : group[group.startIndex]
      let taken = lines[pick].utf8.count <= bytesLeft ? pick : shortest
      if lines[taken].utf8.count > bytesLeft { continue }
      bytesLeft -= lines[taken].utf8.count
      chosen.append(taken)
    }
    return chosen.sorted().map { lines[$0] }
  }
}
