// Runs the conformance cases of CONFORMANCE_DIR (default ../shared/conformance, seen from the
// package's root). Arguments choose families; none means all. Exit code 1: a case failed; 2: the
// cases could not be read. With --write-fixtures it renews the committed selection instead.
import Evidence
import Foundation

let chosen = Set(CommandLine.arguments.dropFirst())
var caseCount = 0
var passedCount = 0
var failedCount = 0
var openFamilies = 0

do {
  let folder = Places.conformance
  if chosen == ["--write-fixtures"] {
    try ConformanceSelection.write(from: folder, to: Places.fixtures)
    print("wrote the selection into \(Places.fixtures.path)")
    exit(0)
  }
  print("conformance cases in \(folder.path)")
  let files = try ConformanceFile.all(in: folder)
  let unknown = chosen.subtracting(files.map(\.name))
  if let name = unknown.sorted().first { throw EvidenceError("no family \(name) in that folder") }
  for file in files where chosen.isEmpty || chosen.contains(file.name) {
    let result = try ConformanceRun.result(of: file)
    print(ConformanceRun.report(result))
    caseCount += result.caseCount
    passedCount += result.passedCount
    failedCount += result.failures.count
    if !result.isImplemented { openFamilies += 1 }
  }
} catch {
  FileHandle.standardError.write(Data("conformance: \(error)\n".utf8))
  exit(2)
}
print(
  """
  \(caseCount) cases: \(passedCount) passed, \(failedCount) failed, \
  \(caseCount - passedCount - failedCount) in \(openFamilies) families not yet implemented
  """)
exit(failedCount == 0 ? 0 : 1)
