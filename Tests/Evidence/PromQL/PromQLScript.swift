import PromQL

/// A script in the language of Prometheus' own tests of PromQL.
public struct PromQLScript {
  enum Command {
    case load(Load)
    case clear
    case eval(PromQLCase)
  }

  struct Load {
    /// Milliseconds between two points.
    var interval: Int64
    /// Classic histograms are loaded as native ones too.
    var addsNativeHistograms: Bool
    var series: [(line: SeriesLine, starts: [Int64?])] = []
  }

  var commands: [Command] = []

  /// - Throws: `EvidenceError` with the line that cannot be read.
  public init(_ text: String) throws {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let trimmed = trim(line)
      return trimmed.hasPrefix("#") ? "" : trimmed
    }
    var at = 0
    while at < lines.count {
      let start = at
      let line = lines[at]
      at += 1
      if line.isEmpty { continue }
      var block: [String] = []
      let word = line.prefix { $0 != " " && $0 != "\t" }.lowercased()
      if word != "clear" {
        while at < lines.count, !lines[at].isEmpty {
          block.append(lines[at])
          at += 1
        }
      }
      do {
        if word == "clear" {
          commands.append(.clear)
        } else if word.hasPrefix("load") {
          commands.append(.load(try Load(line, block)))
        } else if word.hasPrefix("eval") {
          let (each, used) = try PromQLCase.read(line, block, lineNumber: start + 1)
          commands.append(.eval(each))
          at = start + 1 + used
        } else {
          throw EvidenceError("\(line) is no command")
        }
      } catch {
        throw EvidenceError("line \(start + 1): \(error)")
      }
    }
  }
}

func trim(_ text: Substring) -> String {
  func isBlank(_ character: Character) -> Bool {
    character == " " || character == "\t" || character == "\r"
  }
  guard let first = text.firstIndex(where: { !isBlank($0) }),
    let last = text.lastIndex(where: { !isBlank($0) })
  else { return "" }
  return String(text[first...last])
}

extension PromQLScript.Load {
  fileprivate init(_ line: String, _ block: [String]) throws {
    let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
    guard words.count == 2, let interval = durationMilliseconds(String(words[1])) else {
      throw EvidenceError("\(line) is no load command")
    }
    self.interval = interval
    addsNativeHistograms = words[0].lowercased() == "load_with_nhcb"
    var standing: [Int64?] = []
    var next: [Int64?] = []
    for each in block {
      if let starts = try StartTimes(each) {
        if starts.metric.isEmpty { standing = starts.offsets } else { next = starts.offsets }
        continue
      }
      let line = try SeriesLine(each)
      var starts = next
      if next.isEmpty, !standing.isEmpty {
        starts = line.points.indices.map { standing[$0 % standing.count] }
      }
      series.append((line, starts))
      next = []
    }
  }

  /// Adds the samples to a store; of a series that stands twice the last line counts.
  func add(to store: inout SeriesStore) {
    var last: [Labels: Int] = [:]
    for (at, each) in series.enumerated() { last[each.line.labels] = at }
    for (at, each) in series.enumerated() where last[each.line.labels] == at {
      var samples = Samples()
      for (place, point) in each.line.points.enumerated() {
        let time = Int64(place) * interval
        switch point {
        case .omitted: break
        case .histogram: samples.histogramTimes.append(time)
        case .number(let value):
          samples.times.append(time)
          samples.values.append(value)
          if !each.starts.isEmpty {
            let offset = place < each.starts.count ? each.starts[place] : nil
            samples.startTimes.append(offset.map { time + $0 } ?? 0)
          }
        }
      }
      store.add(samples, to: each.line.labels)
      if addsNativeHistograms, let labels = nativeLabels(each.line.labels) {
        store.add(Samples(histogramTimes: samples.times), to: labels)
      }
    }
  }

  /// The native histogram that a series of a classic one belongs to.
  private func nativeLabels(_ labels: Labels) -> Labels? {
    for suffix in ["_bucket", "_sum", "_count"] where labels.name.hasSuffix(suffix) {
      let name = String(labels.name.dropLast(suffix.count))
      return labels.setting(Labels.metricName, to: name).removing(["le"])
    }
    return nil
  }
}
