public import ClusterAPI
public import Units

/// What is remembered of one run: everything that is ever shown of it.
///
/// Times count from the scenario's start: 0 is the end of the warm-up.
public struct RunRecord: Codable, Hashable, Sendable {
  public enum Verdict: String, Codable, Hashable, Sendable {
    case passed, failed
    /// A check had no data; counts as failed.
    case inconclusive
  }

  public struct Finding: Codable, Hashable, Sendable {
    public var name: String
    /// `met`, `broken` or `inconclusive`.
    public var result: String
    public var at: Instant?
    public var detail: String

    public init(name: String, result: String, at: Instant?, detail: String) {
      self.name = name
      self.result = result
      self.at = at
      self.detail = detail
    }
  }

  public struct Defect: Codable, Hashable, Sendable {
    public var object: ObjectKey
    public var path: String
    public var expected: String?
    public var found: String?

    public init(object: ObjectKey, path: String, expected: String?, found: String?) {
      self.object = object
      self.path = path
      self.expected = expected
      self.found = found
    }
  }

  public struct Decision: Codable, Hashable, Sendable {
    public var at: Instant
    public var decision: ClusterAPI.Decision
    public var taken: DecisionOption
    /// Failed and slow requests of the run, and of the run with the other option.
    public var harm: Int64
    public var otherHarm: Int64?
    /// `right`, `missed`, `falseAlarm` or `notMeasured`.
    public var rating: String

    public init(
      at: Instant, decision: ClusterAPI.Decision, taken: DecisionOption, harm: Int64,
      otherHarm: Int64?, rating: String
    ) {
      self.at = at
      self.decision = decision
      self.taken = taken
      self.harm = harm
      self.otherHarm = otherHarm
      self.rating = rating
    }

    /// Requests that the other option would have spared.
    public var regret: Int64? { otherHarm.map { harm - $0 } }
  }

  /// Something that the scenario made go wrong.
  public struct Fault: Codable, Hashable, Sendable {
    /// Such as `errorRate`.
    public var kind: String
    /// What the scenario gives besides kind and times, in the order of the fault's parameters.
    public var parameters: [Parameter]
    public var from: Instant
    /// nil: it lasts to the end, or is over at once.
    public var to: Instant?
    /// Whether it is a blow, such as the death of a pod, that has no end of its own.
    public var isBlow: Bool

    public struct Parameter: Codable, Hashable, Sendable {
      public var name: String
      public var value: Value

      public init(_ name: String, _ value: Value) {
        self.name = name
        self.value = value
      }
    }

    public enum Value: Codable, Hashable, Sendable {
      case text(String)
      case span(Span)
      /// Of 1.
      case share(Ratio)
      /// How many times as much.
      case factor(Ratio)
      case count(Int)
      case bytes(Int64)
    }

    public init(
      _ kind: String, _ parameters: [Parameter], from: Instant, to: Instant?, isBlow: Bool = false
    ) {
      self.kind = kind
      self.parameters = parameters
      self.from = from
      self.to = to
      self.isBlow = isBlow
    }
  }

  public struct ScorePart: Codable, Hashable, Sendable {
    public var name: String
    public var points: Int
    public var detail: String

    public init(name: String, points: Int, detail: String) {
      self.name = name
      self.points = points
      self.detail = detail
    }
  }

  /// One value for each interval from `start` on.
  public struct Series: Codable, Hashable, Sendable {
    /// Such as `pods ready web-7d9c5b6f4`.
    public var name: String
    public var measure: Measure
    public var unit: String
    public var start: Instant
    public var interval: Span
    public var values: [Int64]

    public enum Measure: String, Codable, Hashable, Sendable {
      /// Ready pods of one revision; `name` is its ReplicaSet.
      case readyPods
      /// Requests that ended, by second; `name` is the Service.
      case requests
      case failedRequests
      /// The 99th percentile of the latency, in microseconds; -1 where no request ended.
      case latency
      /// What PromQL answers, in millionths; -1 where there is no data, and 0 for what is below 0. `name`
      /// is the query, followed by the labels where it has several series.
      case query
    }

    public init(
      name: String, measure: Measure, unit: String, start: Instant, interval: Span,
      values: [Int64]
    ) {
      self.name = name
      self.measure = measure
      self.unit = unit
      self.start = start
      self.interval = interval
      self.values = values
    }
  }

  public var scenario: String
  public var seed: UInt64
  public var verdict: Verdict
  public var score: Int
  public var scoreParts: [ScorePart] = []
  public var digest: String
  /// `promoted`, `rolledBack`, `paused` or `stuck`; nil where nothing was changed.
  public var outcome: String?
  /// Why it is stuck, in words.
  public var pending: [String] = []
  /// From the change to the terminal state.
  public var settled: Span?
  /// From the change to the decision to roll back.
  public var detection: Span?
  /// From that decision to the terminal state.
  public var restoration: Span?
  public var changeAt: Instant
  public var quietFrom: Instant
  public var end: Instant
  /// State-changing events of the simulation.
  public var events: Int64 = 0
  public var requests: Int64 = 0
  public var failed: Int64 = 0
  public var slow: Int64 = 0
  /// How long ready pods were below the floor of the strategy.
  public var belowMinimum = Span.zero
  public var podSeconds: Int64 = 0
  public var findings: [Finding] = []
  public var defects: [Defect] = []
  public var decisions: [Decision] = []
  /// In the order of their beginning.
  public var faults: [Fault] = []
  public var timeline: [TimelineEntry] = []
  /// Names of the pods that the timeline speaks of, by id.
  public var pods: [String] = []
  /// Names of the nodes, by id.
  public var nodes: [String] = []
  public var series: [Series] = []

  public init(
    scenario: String, seed: UInt64, verdict: Verdict, score: Int, digest: String,
    changeAt: Instant, quietFrom: Instant, end: Instant
  ) {
    self.scenario = scenario
    self.seed = seed
    self.verdict = verdict
    self.score = score
    self.digest = digest
    self.changeAt = changeAt
    self.quietFrom = quietFrom
    self.end = end
  }
}

/// A scenario as it was run: its words and its inputs.
public struct ScenarioRecord: Codable, Hashable, Sendable {
  public var name: String
  public var description: String
  public var reference: String
  /// Files that it was read from, the scenario's own first.
  public var files: [InputFile] = []

  public init(name: String, description: String, reference: String) {
    self.name = name
    self.description = description
    self.reference = reference
  }
}

/// A file that determines a run.
public struct InputFile: Codable, Hashable, Sendable {
  public var name: String
  public var bytes: [UInt8]

  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}

/// All runs of one call of the command.
public struct SuiteRecord: Codable, Hashable, Sendable {
  /// ISO 8601, UTC.
  public var startedAt: String
  public var version: String
  public var commandLine: [String]
  public var scenarios: [ScenarioRecord]
  /// By scenario, then by seed.
  public var runs: [RunRecord]

  public init(
    startedAt: String, version: String, commandLine: [String], scenarios: [ScenarioRecord],
    runs: [RunRecord]
  ) {
    self.startedAt = startedAt
    self.version = version
    self.commandLine = commandLine
    self.scenarios = scenarios
    self.runs = runs
  }
}
