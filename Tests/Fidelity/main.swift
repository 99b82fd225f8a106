// Simulates the recordings of FIDELITY_DIR (default ../shared/fidelity, seen from the package's root)
// and compares. Arguments choose recordings by the beginnings of their names; none means all.
// --runs N simulates each so often with drawn delays (100), besides the run with median delays;
// --fitting leaves out the half that validates; --shares says of every recording how many runs are equal;
// --docs FILE renews the measured part of that page;
// --entries prints both timelines of the first recording instead.
// Exit code 1: a final state differs, or fewer than 95 % of the sequences are equal; 2: the recordings
// could not be read.
import Evidence
import Foundation

var arguments = Array(CommandLine.arguments.dropFirst())
/// Takes an option with a value out of the arguments.
@MainActor func option(_ name: String) -> String? {
  guard let at = arguments.firstIndex(of: name), at + 1 < arguments.count else { return nil }
  let value = arguments[at + 1]
  arguments.removeSubrange(at...at + 1)
  return value
}
let page = option("--docs")
let runs = option("--runs").flatMap(Int.init) ?? FidelityRun.runCount
let chosen = arguments.filter { !$0.hasPrefix("--") }

do {
  let folder = Places.fidelity
  let recordings = try Recording.all(in: folder).filter { recording in
    (chosen.isEmpty || chosen.contains { recording.name.hasPrefix($0) })
      && (!arguments.contains("--fitting") || recording.isForFitting)
  }
  guard let first = recordings.first else {
    throw EvidenceError("no recording begins with \(chosen.joined(separator: ", "))")
  }
  if arguments.contains("--entries") {
    print(try EntryList.text(first, delays: DelayChoice.fromEnvironment()))
    exit(0)
  }
  print("\(recordings.count) recordings in \(folder.path)")
  let delays = try DelayChoice.fromEnvironment()
  let results = await FidelityRun.results(of: recordings, delays: delays, runs: runs)
  if arguments.contains("--shares") {
    for result in results { print(result.line) }
  }
  let report = FidelityReport(results)
  if let page { try FidelityDocs.update(URL(filePath: page), results) }
  print(report.text)
  exit(report.isMet ? 0 : 1)
} catch {
  FileHandle.standardError.write(Data("fidelity: \(error)\n".utf8))
  exit(2)
}
