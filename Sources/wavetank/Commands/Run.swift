import ClusterAPI
import Foundation
import Harness
import Manifests
import Recording
import Units

/// `wavetank run`: runs scenarios over their seeds and judges them.
enum Run {
  static func run(_ arguments: [String]) -> Int32 {
    var paths: [String] = []
    var jobs = ProcessInfo.processInfo.activeProcessorCount
    var seeds: Int?
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      switch argument {
      case "--jobs", "--seeds":
        guard let value = rest.popFirst().flatMap({ Int($0) }), value > 0 else {
          return WrongInput.say("\(argument) needs a number")
        }
        if argument == "--jobs" { jobs = value } else { seeds = value }
      default: paths.append(argument)
      }
    }
    guard let scenarios = ScenarioInput.read(paths, seeds: seeds) else { return 2 }
    let records = Suite.run(scenarios, jobs: jobs) { _ in }
    for record in records {
      print(
        record.verdict.rawValue, record.scenario, record.seed, record.score, record.digest,
        record.outcome ?? "-", record.settled.map { "\($0.seconds) s" } ?? "-",
        "\(record.failed)/\(record.requests)")
      for finding in record.findings {
        print("    \(finding.result) \(finding.name): \(finding.detail)")
      }
      for part in record.scoreParts where part.points > 0 {
        print("    -\(part.points) \(part.name): \(part.detail)")
      }
      for decision in record.decisions {
        print(
          "    \(decision.at.seconds) \(decision.taken) \(decision.decision.reason) \(decision.harm) \(decision.otherHarm ?? -1)"
        )
      }
    }
    return records.allSatisfy { $0.verdict == .passed } ? 0 : 1
  }
}

/// Scenarios from files and folders.
enum ScenarioInput {
  /// nil, with diagnostics on standard error, where a file cannot be read.
  static func read(_ paths: [String], seeds: Int?) -> [Scenario]? {
    var scenarios: [Scenario] = []
    var isWrong = false
    for path in paths {
      let files: [String]
      do {
        files = try ScenarioFiles.list(path)
      } catch {
        _ = WrongInput.say("cannot read `\(path)`: \(error.localizedDescription)")
        isWrong = true
        continue
      }
      for file in files {
        guard let data = FileManager.default.contents(atPath: file) else {
          _ = WrongInput.say("cannot read `\(file)`")
          isWrong = true
          continue
        }
        let folder = (file as NSString).deletingLastPathComponent
        let result = ScenarioReader.read(
          name: file, bytes: [UInt8](data),
          source: ScenarioSource(folder: folder.isEmpty ? "." : folder))
        for diagnostic in result.diagnostics where diagnostic.severity != .note {
          FileHandle.standardError.write(Data("\(diagnostic.description)\n".utf8))
        }
        guard var scenario = result.scenario else {
          isWrong = true
          continue
        }
        if let seeds { scenario.seeds = Array(1...UInt64(seeds)) }
        scenarios.append(scenario)
      }
    }
    return isWrong ? nil : scenarios
  }
}
