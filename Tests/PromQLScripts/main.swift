// Runs the scripts `promqltest/*.test` of PROMQL_DIR (default ../shared/promql, seen from the
// package's root; scripts may stand in it themselves), and the tests of rules in `rules_unit`,
// `kubernetes-mixin` and `rules`. Arguments choose
// scripts by name; none means all. Exit code 1: fewer than 95 % of the cases that count passed, or a
// file of rules is not as expected; 2: the scripts could not be read.
import Evidence
import Foundation

let chosen = Set(CommandLine.arguments.dropFirst())
var results: [PromQLScriptResult] = []
do {
  let scripts = Places.promql.appending(path: "promqltest")
  let folder =
    FileManager.default.fileExists(atPath: scripts.path) ? scripts : Places.promql
  print("PromQL scripts in \(folder.path)")
  let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    .filter { $0.hasSuffix(".test") }.sorted()
  let unknown = chosen.subtracting(files)
  if let name = unknown.sorted().first { throw EvidenceError("no script \(name) in that folder") }
  for file in files where chosen.isEmpty || chosen.contains(file) {
    let text = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
    do {
      let result = try PromQLScriptRun.result(of: text, name: file)
      print(PromQLReport.text(result))
      results.append(result)
    } catch let error as EvidenceError {
      throw EvidenceError("\(file): \(error)")
    }
  }
} catch {
  FileHandle.standardError.write(Data("promql: \(error)\n".utf8))
  exit(2)
}
print(PromQLReport.summary(results))
var areRulesAsExpected = true
if chosen.isEmpty {
  do {
    areRulesAsExpected = try RuleTestReport.run(in: Places.promql) { print($0) }
  } catch {
    FileHandle.standardError.write(Data("promql: \(error)\n".utf8))
    exit(2)
  }
}
exit(PromQLReport.isGoodEnough(results) && areRulesAsExpected ? 0 : 1)
