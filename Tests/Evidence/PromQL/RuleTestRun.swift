public import Foundation
import Manifests
import PromQL

/// What became of a file of tests of rules.
public struct RuleTestResult: Sendable {
  public var name: String
  public var passed = 0
  /// One per check that failed, or why the file could not be run.
  public var failures: [String] = []
  /// Checks whose query reads native histograms.
  public var leftOut = 0
}

/// Runs the checks of one file, as `promtool test rules` does.
public struct RuleTestRun {
  private let file: RuleTestFile
  private let groups: [RuleGroup]
  private var result: RuleTestResult

  /// - Parameter folder: where the rule files are looked for by their path from the test, and, since
  ///   tests are sometimes collected without their folders, by their name alone.
  public static func result(of url: URL) -> RuleTestResult {
    let name = url.lastPathComponent
    do {
      let bytes = try Array(Data(contentsOf: url))
      let file = try RuleTestFile(name: name, bytes: bytes)
      let groups = try groups(of: file, in: url.deletingLastPathComponent())
      var run = RuleTestRun(file: file, groups: groups, result: RuleTestResult(name: name))
      for group in file.groups { run.run(group) }
      return run.result
    } catch {
      return RuleTestResult(name: name, failures: ["\(error)"])
    }
  }

  private static func groups(of file: RuleTestFile, in folder: URL) throws -> [RuleGroup] {
    var urls: [URL] = []
    for path in file.ruleFiles {
      let places = [
        folder.appending(path: path).standardized,
        folder.appending(path: path.split(separator: "/").last.map { String($0) } ?? path),
      ]
      urls += places.map(matches).first { !$0.isEmpty } ?? []
    }
    let files = try urls.map { ($0.lastPathComponent, try Array(Data(contentsOf: $0))) }
    let set = RuleReader.read(files: files, interval: file.interval)
    let errors = set.diagnostics.filter { $0.severity == .error }
    if !errors.isEmpty {
      throw EvidenceError(errors.map(\.description).joined(separator: "\n"))
    }
    var places: [String: Int] = [:]
    for (index, name) in file.order.enumerated()
    where places.updateValue(index, forKey: name) != nil {
      throw EvidenceError("group name repeated in evaluation order: \(name)")
    }
    return set.groups.enumerated().sorted { a, b in
      (places[a.element.name] ?? 0, a.offset) < (places[b.element.name] ?? 0, b.offset)
    }.map(\.element)
  }

  /// The files that a path with `*` and `?` means.
  private static func matches(_ url: URL) -> [URL] {
    let manager = FileManager.default
    guard url.lastPathComponent.contains(where: { $0 == "*" || $0 == "?" }) else {
      return manager.fileExists(atPath: url.path) ? [url] : []
    }
    let parts = url.lastPathComponent.map { character in
      character == "*" ? "[^/]*" : character == "?" ? "[^/]" : "\\Q\(character)\\E"
    }
    let folder = url.deletingLastPathComponent()
    guard let pattern = try? LabelPattern(parts.joined()),
      let names = try? manager.contentsOfDirectory(atPath: folder.path)
    else { return [] }
    return names.sorted().filter(pattern.matches).map { folder.appending(path: $0) }
  }
}

// MARK: One group of tests

extension RuleTestRun {
  private mutating func run(_ group: RuleTestFile.Group) {
    if let check = group.alerts.first(where: \.name.isEmpty) {
      result.failures.append(
        "an item under alert_rule_test misses required attribute alertname at eval_time "
          + durationText(check.time))
      return
    }
    var input: InputSeries
    do {
      input = try InputSeries(group, interval: group.interval ?? file.interval)
    } catch {
      result.failures.append("\(error)")
      return
    }
    let settings = RuleSettings(
      externalLabels: Labels(group.externalLabels), externalURL: group.externalURL,
      options: QueryOptions(subqueryStep: file.interval))
    var evaluations = groups.map { RuleEvaluation($0, settings: settings) }
    var store = SeriesStore()
    let checks = group.alerts.enumerated().sorted {
      ($0.element.time, $0.offset) < ($1.element.time, $1.offset)
    }.map(\.element)
    var next = 0
    let last = max(
      checks.last?.time ?? 0, group.expressions.map(\.time).max() ?? 0)
    for time in stride(from: Int64(0), through: last, by: Int(file.interval)) {
      input.load(into: &store, through: group.start + time)
      var failures: [RuleFailure] = []
      for index in evaluations.indices {
        failures += evaluations[index].evaluate(at: group.start + time, in: &store)
      }
      for failure in failures {
        result.failures.append(
          "rule: \(failure.rule), time: \(durationText(time)), err: \(failure.message)")
      }
      if !failures.isEmpty { return }
      while next < checks.count, checks[next].time < time + file.interval {
        compare(checks[next], evaluations, in: group)
        next += 1
      }
    }
    input.load(into: &store, through: .max)
    for check in group.expressions { compare(check, store, settings, start: group.start) }
  }

  private mutating func compare(
    _ check: RuleTestFile.AlertCheck, _ evaluations: [RuleEvaluation],
    in group: RuleTestFile.Group
  ) {
    let found = evaluations.flatMap(\.firing).filter { $0.labels["alertname"] == check.name }
      .map { Shown(labels: $0.labels, annotations: $0.annotations) }.sorted()
    let expected = check.alerts.map { alert in
      Shown(
        labels: Labels(alert.labels + [Label("alertname", check.name)]),
        annotations: Labels(alert.annotations))
    }.sorted()
    if found == expected {
      result.passed += 1
      return
    }
    let name = group.name.isEmpty ? "" : "name: \(group.name), "
    result.failures.append(
      "\(name)alertname: \(check.name), time: \(durationText(check.time)), "
        + "exp: \(Shown.list(expected)), got: \(Shown.list(found))")
  }

  private struct Shown: Comparable, CustomStringConvertible {
    var labels: Labels
    var annotations: Labels

    static func < (a: Shown, b: Shown) -> Bool {
      a.labels == b.labels ? a.annotations < b.annotations : a.labels < b.labels
    }

    static func list(_ all: [Shown]) -> String {
      "[" + all.map(\.description).joined(separator: ", ") + "]"
    }

    var description: String { "Labels:\(labels) Annotations:\(annotations)" }
  }

  private mutating func compare(
    _ check: RuleTestFile.ExpressionCheck, _ store: SeriesStore, _ settings: RuleSettings,
    start: Int64
  ) {
    let place = "expr: \"\(check.text)\", time: \(durationText(check.time))"
    do {
      let query = try Query(check.text)
      var found: [SeriesValue]
      switch try query.instant(at: start + check.time, in: store, options: settings.options).value {
      case .vector(let values): found = values
      case .scalar(let value): found = [SeriesValue(labels: .empty, value: value)]
      case .string, .matrix: throw EvidenceError("rule result is not a vector or scalar")
      }
      found.sort { $0.labels < $1.labels }
      let expected = try check.samples.map { sample in
        SeriesValue(
          labels: sample.labels.isEmpty ? .empty : try SeriesLine.labels(sample.labels),
          value: sample.value)
      }.sorted { $0.labels < $1.labels }
      let isSame =
        found.count == expected.count
        && zip(found, expected).allSatisfy {
          $0.labels == $1.labels && isEqual($0.value, $1.value)
        }
      if isSame, !check.samples.contains(where: \.isHistogram) {
        result.passed += 1
      } else {
        let words = [expected, found].map { samples in
          samples.map { "\($0.labels) \($0.value)" }.joined(separator: ", ")
        }
        result.failures.append("\(place), exp: \(words[0]), got: \(words[1])")
      }
    } catch let error as QueryError where error.kind == .unsupported {
      result.leftOut += 1
    } catch {
      result.failures.append("\(place), err: \(error)")
    }
  }

  private func isEqual(_ a: Double, _ b: Double) -> Bool {
    if a == b || a.isNaN && b.isNaN { return true }
    return file.isFuzzy && (a.nextUp == b || a.nextDown == b)
  }
}

/// The series that a group of tests starts from, handed out as time passes.
private struct InputSeries {
  private var series: [(labels: Labels, samples: Samples)] = []
  private var loaded: [Int] = []

  init(_ group: RuleTestFile.Group, interval: Int64) throws {
    for input in group.series {
      let line = try SeriesLine("\(input.series) \(input.values)")
      var samples = Samples()
      for (index, point) in line.points.enumerated() {
        let time = group.start + Int64(index) * interval
        switch point {
        case .omitted: break
        case .number(let value):
          samples.times.append(time)
          samples.values.append(value)
        case .histogram: samples.histogramTimes.append(time)
        }
      }
      series.append((line.labels, samples))
      loaded.append(0)
    }
  }

  mutating func load(into store: inout SeriesStore, through time: Int64) {
    for index in series.indices {
      let samples = series[index].samples
      let end = samples.times[loaded[index]...].firstIndex { $0 > time } ?? samples.count
      if loaded[index] < end {
        store.add(
          Samples(
            times: Array(samples.times[loaded[index]..<end]),
            values: Array(samples.values[loaded[index]..<end])), to: series[index].labels)
        loaded[index] = end
      }
      if !samples.histogramTimes.isEmpty {
        store.add(Samples(histogramTimes: samples.histogramTimes), to: series[index].labels)
        series[index].samples.histogramTimes = []
      }
    }
  }
}
