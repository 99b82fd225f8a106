import ClusterAPI
import Control
import Units

/// The recorded situation of the probe cases: a container whose probes come out by a script.
public struct ProbedContainer {
  /// What the probes of the container come out as, by the time since its start.
  struct Script: ProbeOutlook {
    struct Of {
      var latency = Span.zero
      var timeout = Span.zero
      var healthy: [(from: Int64, to: Int64)] = []
      var error: [(from: Int64, to: Int64)] = []
      var slow: [(from: Int64, to: Int64)] = []
    }

    var probes: [ProbeKind: Of] = [:]
    var startedAt = Instant.zero
    var runs: [(at: Instant, kind: ProbeKind, outcome: ProbeOutcome)] = []

    mutating func probe(_ kind: ProbeKind, at: Instant) -> (ProbeOutcome, Span)? {
      let script = probes[kind] ?? Of()
      let age = (at - startedAt).ns
      func holds(_ intervals: [(from: Int64, to: Int64)]) -> Bool {
        intervals.contains { $0.from <= age && age < $0.to }
      }
      let outcome: ProbeOutcome =
        holds(script.error)
        ? .error
        : holds(script.slow) ? .timeout : holds(script.healthy) ? .success : .failure
      runs.append((at, kind, outcome))
      return (outcome, outcome == .timeout ? script.timeout : script.latency)
    }

    func changes(_ kind: ProbeKind, after at: Instant) -> Instant {
      let script = probes[kind] ?? Of()
      let age = (at - startedAt).ns
      let edges = (script.healthy + script.error + script.slow).flatMap { [$0.from, $0.to] }
      return edges.filter { $0 > age }.min().map { startedAt + Span(ns: $0) } ?? .never
    }
  }

  private let rules: ProbeRules
  private var script = Script()
  private var probes: ContainerProbes
  private let isSynced: Bool
  private var syncs: [Instant]
  private let restartDelay: Span
  private let limit: Instant
  private var nextStart: Instant
  private var status = (started: false, ready: false)

  /// Times that anything was looked at.
  public private(set) var steps = 0
  private var starts: [JSON] = []
  private var changes: [JSON] = []
  private var statuses: [JSON] = []

  public init(_ input: JSON) throws {
    var rules = ProbeRules()
    for (word, probe) in try input.members("probes") {
      let rule = try Self.rule(probe)
      switch word {
      case "startup": rules.startup = rule
      case "readiness": rules.readiness = rule
      case "liveness": rules.liveness = rule
      default: throw EvidenceError("unknown probe \(word)")
      }
      script.probes[ProbeKind(rawValue: word) ?? .startup] = Script.Of(
        latency: try Self.span(probe.number("latencySeconds")), timeout: rule.timeout,
        healthy: try Self.intervals(probe, "healthyIntervals"),
        error: try Self.intervals(probe, "errorIntervals"),
        slow: try Self.intervals(probe, "slowIntervals"))
    }
    self.rules = rules
    probes = ContainerProbes(rules, at: .zero)
    isSynced = try input.bool("syncOnUpdate")
    let duration = Instant.zero + Self.span(try input.number("durationSeconds"))
    syncs = try input.elements("extraSyncAt").map {
      Instant.zero + Self.span($0.number ?? 0)
    }.filter { $0 < duration }
    restartDelay = Self.span(try input.number("restartDelaySeconds"))
    nextStart = Instant.zero + Self.span(try input.number("containerStartAt"))
    limit = duration + .milliseconds(500)
  }

  /// Lets every tick happen.
  public mutating func runByTicks() {
    while true {
      let at = min(nextStart, syncs.first ?? .never, probes.due)
      if at > limit { return }
      steps += 1
      if at == probes.due {
        follow(probes.step(rules, &script), at)
      } else {
        happens(at)
      }
    }
  }

  /// Goes from one change of a result to the next, without the ticks between.
  public mutating func runByJumps() {
    while true {
      let change = probes.nextChange(rules, script)
      let at = min(nextStart, syncs.first ?? .never, change)
      if at > limit { return }
      steps += 1
      probes.advance(rules, &script, before: at)
      if at == change {
        while probes.due == at { follow(probes.step(rules, &script), at) }
      } else {
        happens(at)
      }
    }
  }

  public var answer: JSON {
    var members = outcome.object ?? [:]
    members["probeRuns"] = .array(
      script.runs.map { run in
        let word: JSON =
          switch run.outcome {
          case .success: "success"
          case .failure: "failure"
          case .timeout: "timeout"
          case .error: "error"
          }
        return ["t": Self.t(run.at), "probe": .string(run.kind.rawValue), "outcome": word]
      })
    return .object(members)
  }

  /// The answer without the single probes.
  public var outcome: JSON {
    [
      "containerStarts": .array(starts), "resultChanges": .array(changes),
      "statusChanges": .array(statuses),
    ]
  }

  /// What is not a probe: the container starts, or the pod is synced.
  private mutating func happens(_ at: Instant) {
    if at == nextStart {
      nextStart = .never
      script.startedAt = at
      probes.containerStarts(at: at)
      starts.append(Self.t(at))
    } else {
      syncs.removeFirst()
    }
    if isSynced { probes.sync(rules, at: at) }
    noteStatus(at)
  }

  private mutating func follow(_ all: [ProbeChange], _ at: Instant) {
    for change in all {
      let word =
        switch change.result {
        case .success: "Success"
        case .failure: "Failure"
        case .unknown, .none: "UNKNOWN"
        }
      changes.append([
        "t": Self.t(at), "probe": .string(change.kind.rawValue), "result": .string(word),
        "container": .string("c\(change.instance)"),
      ])
      let kills =
        change.kind != .readiness && change.result == .failure && probes.isRunning
        && change.instance == probes.instance
      if kills {
        probes.containerEnds()
        nextStart = at + restartDelay
      } else if isSynced {
        probes.sync(rules, at: at)
      }
      noteStatus(at)
    }
  }

  private mutating func noteStatus(_ at: Instant) {
    let now = (started: probes.isStarted(rules), ready: probes.isReady(rules))
    if now == status { return }
    status = now
    statuses.append([
      "t": Self.t(at), "started": .bool(now.started), "ready": .bool(now.ready),
    ])
  }
}

extension ProbedContainer {
  private static func rule(_ probe: JSON) throws -> ProbeRule {
    ProbeRule(
      initialDelaySeconds: try probe.int("initialDelaySeconds"),
      period: .seconds(try probe.int("periodSeconds")),
      timeout: .seconds(try probe.int("timeoutSeconds")),
      successThreshold: UInt16(try probe.int("successThreshold")),
      failureThreshold: UInt16(try probe.int("failureThreshold")))
  }

  private static func span(_ seconds: Double) -> Span {
    Span.milliseconds(Int64((seconds * 1000).rounded()))
  }

  private static func intervals(
    _ probe: JSON, _ key: String
  ) throws -> [(from: Int64, to: Int64)] {
    try probe.elements(key).map {
      guard let ends = $0.array?.compactMap(\.number), ends.count == 2 else {
        throw EvidenceError("member \"\(key)\" is not a list of intervals")
      }
      return (span(ends[0]).ns, span(ends[1]).ns)
    }
  }

  private static func t(_ at: Instant) -> JSON {
    .double((at.seconds * 1000).rounded() / 1000)
  }

  /// The lists of an answer in an order of their own.
  static func sorted(_ answer: JSON) throws -> JSON {
    var members = answer.object ?? [:]
    for key in ["probeRuns", "resultChanges"] where members[key] != nil {
      members[key] = .array(
        try answer.elements(key).sorted {
          ($0["t"]?.number ?? 0, $0.description) < ($1["t"]?.number ?? 0, $1.description)
        })
    }
    return .object(members)
  }
}
