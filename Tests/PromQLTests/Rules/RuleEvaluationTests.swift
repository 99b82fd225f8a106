import Testing

@testable import PromQL

@Suite struct RuleEvaluationTests {
  /// A value per minute; nil where the series is not there.
  private func store(_ series: [(Labels, [Double?])]) -> SeriesStore {
    var store = SeriesStore()
    for (labels, values) in series {
      var wasThere = false
      for (minute, value) in values.enumerated() {
        if let value {
          store.add(time: Int64(minute) * 60_000, value: value, to: labels)
        } else if wasThere {
          store.add(time: Int64(minute) * 60_000, value: Samples.stale, to: labels)
        }
        wasThere = value != nil
      }
    }
    return store
  }

  private func alert(
    _ query: String, hold: Int64 = 0, keepFiring: Int64 = 0,
    labels: [(String, String)] = [], annotations: [(String, String)] = []
  ) throws -> Rule {
    .alerting(
      AlertingRule(
        name: "Down", query: try Query(query), hold: hold, keepFiring: keepFiring,
        labels: try labels.map { AlertingRule.Text($0.0, try Template($0.1)) },
        annotations: try annotations.map { AlertingRule.Text($0.0, try Template($0.1)) }))
  }

  private func states(
    _ evaluation: inout RuleEvaluation, _ store: inout SeriesStore, minutes: Range<Int64>
  ) -> [Alert.State] {
    minutes.map { minute in
      let failures = evaluation.evaluate(at: minute * 60_000, in: &store)
      #expect(failures == [])
      return evaluation.alerts(ofRule: 0).first?.state ?? .inactive
    }
  }

  private func up(_ instance: String) -> Labels {
    Labels(name: "up", [Label("instance", instance)])
  }

  private func values(_ query: String, at minute: Int64, _ store: SeriesStore) throws
    -> [SeriesValue]
  {
    let answer = try Query(query).instant(at: minute * 60_000, in: store)
    guard case .vector(let values) = answer.value else { return [] }
    return values
  }

  @Test func anAlertIsPendingThenFiresThenEnds() throws {
    var store = store([(up("a"), [1, 0, 0, 0, 1, 0])])
    let group = RuleGroup(name: "g", rules: [try alert("up == 0", hold: 120_000)])
    var evaluation = RuleEvaluation(group)
    #expect(
      states(&evaluation, &store, minutes: 0..<6)
        == [.inactive, .pending, .pending, .firing, .inactive, .pending])
    let first = try values("ALERTS", at: 3, store)
    #expect(first.map(\.labels["alertstate"]) == ["firing"])
    #expect(try values("ALERTS_FOR_STATE", at: 3, store).map(\.value) == [60])
    // The pending series ended when the alert fired.
    #expect(try values("ALERTS{alertstate=\"pending\"}", at: 3, store).isEmpty)
    #expect(try values("ALERTS", at: 4, store).isEmpty)
    #expect(try values("ALERTS_FOR_STATE", at: 5, store).map(\.value) == [300])
  }

  @Test func anAlertFiresOnForAWhile() throws {
    var store = store([(up("a"), [0, 0, 1, 1, 1, 0, 1])])
    let rule = try alert("up == 0", keepFiring: 120_000)
    var evaluation = RuleEvaluation(RuleGroup(name: "g", rules: [rule]))
    #expect(
      states(&evaluation, &store, minutes: 0..<7)
        == [.firing, .firing, .firing, .firing, .inactive, .firing, .firing])
    #expect(evaluation.firing.first?.activeAt == 300_000)
    #expect(evaluation.firing.first?.keptFiringSince == 360_000)
  }

  @Test func labelsAndAnnotationsAreFilled() throws {
    var store = store([(up("a"), [0]), (up("b"), [0])])
    let rule = try alert(
      "up == 0",
      labels: [("severity", "page"), ("instance", ""), ("who", "{{ $labels.instance }}")],
      annotations: [
        ("text", "{{ $labels.__name__ }} is {{ $value }}"), ("bad", "{{ first .Value }}"),
      ])
    var evaluation = RuleEvaluation(RuleGroup(name: "g", rules: [rule]))
    #expect(evaluation.evaluate(at: 0, in: &store) == [])
    #expect(
      evaluation.firing.map(\.labels.description) == [
        "{alertname=\"Down\", severity=\"page\", who=\"a\"}",
        "{alertname=\"Down\", severity=\"page\", who=\"b\"}",
      ])
    #expect(evaluation.firing[0].annotations["text"] == "up is 0")
    #expect(evaluation.firing[0].annotations["bad"].hasPrefix("<error expanding template: "))
  }

  @Test func rulesSeeWhatRulesBeforeThemWrote() throws {
    var store = store([(up("a"), [1, nil]), (up("b"), [1, 1])])
    let rules: [Rule] = [
      .recording(RecordingRule(name: "up:count", query: try Query("count(up)"))),
      .recording(
        RecordingRule(
          name: "up:copy", query: try Query("up + up:count * 0"), labels: [Label("x", "y")])),
      .recording(
        RecordingRule(
          name: "up:copy", query: try Query("up"),
          labels: [Label("x", "y"), Label("instance", "")])),
      .recording(RecordingRule(name: "up:twice", query: try Query("up:count * 2"))),
      .recording(RecordingRule(name: "one", query: try Query("1"))),
    ]
    var evaluation = RuleEvaluation(RuleGroup(name: "g", rules: rules))
    let failures = evaluation.evaluate(at: 0, in: &store)
    #expect(failures.map(\.rule) == ["up:copy"])
    #expect(failures[0].message.contains("same labelset after applying rule labels"))
    #expect(try values("up:twice", at: 0, store).map(\.value) == [4])
    #expect(try values("one", at: 0, store).map(\.value) == [1])
    #expect(evaluation.evaluate(at: 60_000, in: &store) == [])
    #expect(try values("up:twice", at: 1, store).map(\.value) == [2])
  }

  @Test func aSeriesThatIsNotWrittenAnyMoreIsStale() throws {
    var store = store([(up("a"), [1, 0]), (up("b"), [1, 1])])
    let rule = Rule.recording(RecordingRule(name: "ok", query: try Query("up == 1")))
    var evaluation = RuleEvaluation(RuleGroup(name: "g", rules: [rule]))
    for minute in 0..<2 {
      #expect(evaluation.evaluate(at: Int64(minute) * 60_000, in: &store) == [])
    }
    #expect(try values("ok", at: 0, store).count == 2)
    #expect(try values("ok", at: 1, store).map(\.labels["instance"]) == ["b"])
  }

  @Test func limitsEmptyARule() throws {
    var store = store([(up("a"), [0]), (up("b"), [0])])
    let recording = Rule.recording(RecordingRule(name: "r", query: try Query("up")))
    let group = RuleGroup(name: "g", limit: 1, rules: [try alert("up == 0"), recording])
    var evaluation = RuleEvaluation(group)
    #expect(
      evaluation.evaluate(at: 0, in: &store).map(\.message) == [
        "exceeded limit of 1 with 2 alerts", "exceeded limit of 1 with 2 series",
      ])
    #expect(evaluation.alerts(ofRule: 0).isEmpty)
    #expect(try values("{__name__=~\"r|ALERTS\"}", at: 0, store).isEmpty)
  }

  @Test func queriesLookBackByTheOffset() throws {
    var store = store([(up("a"), [1, 2, 3])])
    let rule = Rule.recording(RecordingRule(name: "r", query: try Query("up")))
    let group = RuleGroup(name: "g", queryOffset: 60_000, rules: [rule])
    var evaluation = RuleEvaluation(group)
    #expect(evaluation.evaluate(at: 120_000, in: &store) == [])
    #expect(try values("r", at: 1, store).map(\.value) == [2])
  }

  @Test func outputsLieOverTheirSource() throws {
    let base = store([(up("a"), [1, 1]), (Labels(name: "r"), [7])])
    var outputs = RuleOutputs(over: base)
    let rule = Rule.recording(RecordingRule(name: "r", query: try Query("sum(up)")))
    var evaluation = RuleEvaluation(RuleGroup(name: "g", rules: [rule]))
    #expect(evaluation.evaluate(at: 60_000, in: &outputs) == [])
    #expect(outputs.base.series.count == 2)
    guard
      case .matrix(let series) = try Query("r").range(
        from: 0, through: 60_000, step: 60_000, in: outputs
      ).value
    else {
      Issue.record("no matrix")
      return
    }
    #expect(series.map(\.samples.values) == [[7, 1]])
  }
}
