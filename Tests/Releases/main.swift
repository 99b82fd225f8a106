import Evidence
import Foundation

// releases [--docs FILE] [part of a name ...]
var words = Array(CommandLine.arguments.dropFirst())
var page: String?
if let index = words.firstIndex(of: "--docs"), index + 1 < words.count {
  page = words[index + 1]
  words.removeSubrange(index...(index + 1))
}
let folder = ProcessInfo.processInfo.environment["RELEASES_DIR"] ?? "../shared/releases"
guard let pairs = try? ReleasePair.all(in: folder), !pairs.isEmpty else {
  print("releases: SKIPPED: there are no pairs in \(folder)")
  exit(0)
}
var results: [ReleaseResult] = []
for pair in pairs where words.isEmpty || words.contains(where: pair.name.contains) {
  let result = ReleaseResult(pair)
  results.append(result)
  print(result.words)
}
if let page, words.isEmpty {
  let url = URL(fileURLWithPath: page)
  guard let text = try? String(contentsOf: url, encoding: .utf8),
    let changed = ReleaseDocs.page(text, results)
  else {
    print("\(page) has no place for what is measured")
    exit(2)
  }
  try changed.write(to: url, atomically: true, encoding: .utf8)
}
print(ReleaseResult.summary(results))
