import ClusterAPI
import PromQL
import YAML

/// Makes rules of what was written, with the checks that `promtool check rules` makes.
struct RuleChecker {
  private(set) var reading: Reading
  private let bytes: [UInt8]
  private let path: [Reading.Step]

  struct Checked {
    var rule: Rule
    var node: YAMLNode
    var labels: [Label]
  }

  /// - Parameter path: of the group.
  init(reading: Reading, bytes: [UInt8], path: [Reading.Step]) {
    self.reading = reading
    self.bytes = bytes
    self.path = path
  }

  mutating func name(of group: RuleFields.Group, among names: inout Set<String>) -> String {
    guard let node = group.node else { return group.name }
    if group.name.isEmpty {
      report(.error, node, [], "Groupname must not be empty", remedy: "add `name:`")
    } else if !names.insert(group.name).inserted {
      report(
        .error, node["name"] ?? node, [.key("name")],
        "groupname: \"\(group.name)\" is repeated in the same file", remedy: "rename one of them")
    }
    for label in group.labels { checkLabel(label, [.key("labels"), .key(label.name)]) }
    return group.name
  }

  /// - Returns: nil after a report.
  mutating func rule(_ written: RuleFields.Rule, index: Int) -> Checked? {
    guard let node = written.node else { return nil }
    let before = reading.errorCount
    let place: [Reading.Step] = [.key("rules"), .index(index)]
    let record = written.record?.scalar?.text ?? ""
    let alert = written.alert?.scalar?.text ?? ""
    if !record.isEmpty, !alert.isEmpty {
      report(.error, node, place, "only one of 'record' and 'alert' must be set")
    } else if record.isEmpty, alert.isEmpty {
      report(.error, node, place, "one of 'record' or 'alert' must be set")
    }
    let query = self.query(written, node, place + [.key("expr")])
    for label in written.labels { checkLabel(label, place + [.key("labels"), .key(label.name)]) }
    let rule: Rule? =
      record.isEmpty
      ? alerting(written, alert, query, place) : recording(written, record, query, place)
    guard reading.errorCount == before, let rule else { return nil }
    return Checked(
      rule: rule, node: node, labels: written.labels.map { Label($0.name, $0.text) })
  }

  private mutating func query(
    _ written: RuleFields.Rule, _ node: YAMLNode, _ place: [Reading.Step]
  ) -> PromQL.Query? {
    guard let expr = written.expr, let text = expr.scalar?.text, !text.isEmpty else {
      report(.error, node, place, "field 'expr' must be set in rule")
      return nil
    }
    do {
      return try PromQL.Query(text)
    } catch {
      report(
        .error, expr, place, "could not parse expression: \(error.description(in: text))",
        offset: error.range?.start ?? 0)
      return nil
    }
  }

  private mutating func recording(
    _ written: RuleFields.Rule, _ name: String, _ query: PromQL.Query?, _ place: [Reading.Step]
  ) -> Rule? {
    if let node = written.annotationsNode, !written.annotations.isEmpty {
      report(
        .error, node, place + [.key("annotations")],
        "invalid field 'annotations' in recording rule")
    }
    if let hold = written.hold, hold.milliseconds != 0 {
      report(.error, hold.node, place + [.key("for")], "invalid field 'for' in recording rule")
    }
    if let keep = written.keepFiring, keep.milliseconds != 0 {
      report(
        .error, keep.node, place + [.key("keep_firing_for")],
        "invalid field 'keep_firing_for' in recording rule")
    }
    if let node = written.record, name.contains("{") || name.contains("}") {
      report(
        .error, node, place + [.key("record")],
        "braces present in the recording rule name; should it be in expr?: \(name)")
    }
    return query.map {
      .recording(
        RecordingRule(
          name: name, query: $0, labels: all(written).map { Label($0.name, $0.text) }))
    }
  }

  private mutating func alerting(
    _ written: RuleFields.Rule, _ name: String, _ query: PromQL.Query?, _ place: [Reading.Step]
  ) -> Rule? {
    var labels: [AlertingRule.Text] = []
    for label in all(written) {
      let steps = place + [.key("labels"), .key(label.name)]
      if let text = template(label, "label", steps) { labels.append(text) }
    }
    var annotations: [AlertingRule.Text] = []
    for annotation in written.annotations {
      let steps = place + [.key("annotations"), .key(annotation.name)]
      if annotation.name.isEmpty {
        report(.error, annotation.key, steps, "invalid annotation name: \(annotation.name)")
      }
      if let text = template(annotation, "annotation", steps) { annotations.append(text) }
    }
    return query.map {
      .alerting(
        AlertingRule(
          name: name, query: $0, hold: written.hold?.milliseconds ?? 0,
          keepFiring: written.keepFiring?.milliseconds ?? 0, labels: labels,
          annotations: annotations))
    }
  }

  /// The rule's labels, and those of the group that it does not set itself.
  private func all(_ written: RuleFields.Rule) -> [RuleFields.Pair] {
    let own = Set(written.labels.map(\.name))
    return written.groupLabels.filter { !own.contains($0.name) } + written.labels
  }

  private mutating func template(
    _ pair: RuleFields.Pair, _ what: String, _ place: [Reading.Step]
  ) -> AlertingRule.Text? {
    do {
      return AlertingRule.Text(pair.name, try Template(pair.text))
    } catch {
      report(
        .error, pair.value, place, "\(what) \"\(pair.name)\": \(error)",
        offset: pair.text.offset(line: error.line, column: error.column))
      return nil
    }
  }

  private mutating func checkLabel(_ label: RuleFields.Pair, _ place: [Reading.Step]) {
    if label.name.isEmpty || label.name == PromQL.Labels.metricName {
      report(.error, label.key, place, "invalid label name: \(label.name)")
    } else if !label.name.isPlainLabelName {
      report(
        .warning, label.key, place,
        "the label name \"\(label.name)\" needs quotes in queries, and Prometheus 3",
        remedy: "write letters, digits and _")
    }
  }

  /// Rules that write the same series, or make the same alerts.
  mutating func reportDuplicates(_ rules: [Checked?]) {
    var seen: [String: SourceLocation] = [:]
    for (index, checked) in rules.enumerated() {
      guard let checked else { continue }
      let kind = if case .recording = checked.rule { "record" } else { "alert" }
      let key = "\(kind) \(checked.rule.name) \(PromQL.Labels(checked.labels))"
      guard let first = seen[key] else {
        seen[key] = reading.location(checked.node)
        continue
      }
      report(
        .warning, checked.node, [.key("rules"), .index(index)],
        "duplicate rule: `\(checked.rule.name)` with the same labels stands at "
          + first.description + " too", remedy: "give one of them another label")
    }
  }

  private mutating func report(
    _ severity: Diagnostic.Severity, _ node: YAMLNode, _ place: [Reading.Step], _ message: String,
    remedy: String? = nil, offset: Int = 0
  ) {
    let (line, column) = ScalarPlace.position(ofByte: offset, in: node, bytes)
    reading.report(severity, at: node, message, remedy: remedy)
    let last = reading.diagnostics.count - 1
    reading.diagnostics[last].path = (path + place).pathText
    reading.diagnostics[last].location.line = line
    reading.diagnostics[last].location.column = column
  }
}

extension [Reading.Step] {
  fileprivate var pathText: String {
    reduce(into: "") { text, step in
      switch step {
      case .key(let key): text += text.isEmpty ? key.excerpt : ".\(key.excerpt)"
      case .index(let index): text += "[\(index)]"
      }
    }
  }
}

extension String {
  fileprivate var isPlainLabelName: Bool {
    for (index, byte) in utf8.enumerated() {
      let isDigit = byte >= 0x30 && byte <= 0x39
      let isLetter = byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte == 0x5F
      guard isLetter || isDigit && index > 0 else { return false }
    }
    return true
  }
}
