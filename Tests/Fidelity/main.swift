// Simulates the recordings of FIDELITY_DIR (default ../shared/fidelity, seen from the package's root)
// and compares. Arguments choose recordings by the beginnings of their names; none means all.
// --fitting leaves out the half that validates; --entries prints both timelines of the first one instead.
// Exit code 1: a final state differs, or fewer than 95 % of the sequences are equal; 2: the recordings
// could not be read.
import Evidence
import Foundation

let chosen = CommandLine.arguments.dropFirst().filter { !$0.hasPrefix("--") }
let list = CommandLine.arguments.contains("--entries")

do {
  let folder = Places.fidelity
  let all = try Recording.all(in: folder)
  let recordings = all.filter { recording in
    (chosen.isEmpty || chosen.contains { recording.name.hasPrefix($0) })
      && (!CommandLine.arguments.contains("--fitting") || recording.isForFitting)
  }
  if recordings.isEmpty { throw EvidenceError("no recording begins with \(chosen)") }
  if list, let recording = recordings.first {
    print(try EntryList.text(recording))
    exit(0)
  }
  print("\(recordings.count) recordings in \(folder.path)")
  let results = recordings.map { FidelityRun.result(of: $0) }
  print(FidelityRun.report(results))
  let equal = results.count { $0.isEqual }
  let isMet = equal * 100 >= results.count * 95 && results.allSatisfy(\.isFinalEqual)
  exit(isMet ? 0 : 1)
} catch {
  FileHandle.standardError.write(Data("fidelity: \(error)\n".utf8))
  exit(2)
}
