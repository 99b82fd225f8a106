import Evidence
import Foundation

let folder = ProcessInfo.processInfo.environment["RELEASES_DIR"] ?? "../shared/releases"
guard let pairs = try? ReleasePair.all(in: folder), !pairs.isEmpty else {
  print("releases: SKIPPED: no pairs in \(folder)")
  exit(0)
}
let only = CommandLine.arguments.dropFirst()
var results: [ReleaseResult] = []
for pair in pairs where only.isEmpty || only.contains(where: pair.name.contains) {
  let result = ReleaseResult(pair)
  results.append(result)
  print(result.words)
}
print(ReleaseResult.summary(results))
