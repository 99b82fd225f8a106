import ClusterAPI
import Control
import Manifests
import Units
import Verdict
import YAML

/// `spec.guards`
enum GuardTable {
  private struct Draft: Sendable {
    var deployment = ""
    var namespace = "default"
    var rule = RollbackGuard(deployment: ObjectKey(.deployment, namespace: "", name: ""))
    var objectives: [ObjectiveDraft] = []
    var measurements: [RollbackGuard.Measurement] = []
    var canary: String?
  }

  static let rule = Codec<RollbackGuard>(shape: table.shape) { node, reading in
    var draft = Draft()
    reading.read(node, into: &draft, by: table)
    var rule = draft.rule
    rule.deployment = ObjectKey(.deployment, namespace: draft.namespace, name: draft.deployment)
    rule.measurements = draft.measurements
    rule.canary = draft.canary.map {
      CanaryAnalysis(canary: ObjectKey(.canary, namespace: draft.namespace, name: $0))
    }
    for objective in draft.objectives {
      for limit in objective.limits {
        rule.objectives.append(
          .init(
            service: objective.key, limit: limit, window: objective.window,
            minimumRequests: Int64(objective.minimumRequests)))
      }
    }
    return rule
  }

  private static let table = Table<Draft> {
    $0.key("deployment", \.deployment, .string, required: true, "that it watches")
    $0.key("namespace", \.namespace, .string, "default `default`")
    $0.key("interval", \.rule.interval, .positiveSpan, "between two looks; default 5s")
    $0.key(
      "watch", \.rule.watch, .span,
      "how long a complete rollout is watched before it is promoted; default 60s")
    $0.key(
      "restartThreshold", \.rule.restartThreshold, .integer(in: 1...1_000_000),
      "restarts of the new revision, summed, from which it counts as crash-looping; default 3")
    $0.key(
      "objectives", \.objectives, .list(of: .object(ObjectiveDraft(), ObjectiveDraft.watched)),
      "limits that the Service must keep")
    $0.key(
      "promql", \.measurements, MeasurementTable.codec, "queries whose answers must keep a bound")
    $0.key(
      "analysis", \.rule.analysis, GuardAnalysisTable.codec,
      "AnalysisTemplates of Argo Rollouts by which it judges, as a background analysis")
    $0.key(
      "canary", \.canary, .string,
      "a Canary of Flagger among the manifests, by whose metric checks it judges")
    $0.key(
      "metrics", \.rule.metrics,
      Codec<String>.word(of: ["application", "istio"]).map { word, _, _ in
        word == "istio" ? .istio : .application()
      },
      "whose metrics objectives read: the pods' own (default), or those of Istio's proxies")
  }
}

/// A limit on what the clients of a Service see, as guards and expectations write it.
struct ObjectiveDraft: Sendable {
  var service = ""
  var namespace = "default"
  var errorRatio: Ratio?
  var quantile = Ratio(ppm: 990_000)
  var below: Span?
  var window = Span.seconds(60)
  var minimumRequests = 20

  var key: ObjectKey { ObjectKey(.service, namespace: namespace, name: service) }

  /// One for each limit that is written.
  var limits: [ObjectiveLimit] {
    var limits: [ObjectiveLimit] = []
    if let errorRatio { limits.append(.errorRatio(errorRatio)) }
    if let below { limits.append(.latency(quantile: quantile, below)) }
    return limits
  }

  static let plain = Table<ObjectiveDraft> { common(&$0) }

  static let watched = Table<ObjectiveDraft> {
    common(&$0)
    $0.key("window", \.window, .positiveSpan, "how far back; default 60s")
    $0.key(
      "minimumRequests", \.minimumRequests, .count,
      "with fewer in the window it says nothing; default 20")
  }

  private static func common(_ table: inout Table<ObjectiveDraft>) {
    table.key("service", \.service, .string, required: true, "whose requests")
    table.key("namespace", \.namespace, .string, "default `default`")
    table.key("errorRatio", \.errorRatio, .share, "failed requests of all, at most")
    table.inside(
      "latency", documentation: "a quantile of the time that requests take",
      Table {
        $0.key("quantile", \.quantile, .positiveShare, "default 0.99")
        $0.key("below", \.below, .positiveSpan, required: true, "its greatest value")
      })
    table.check { _, node, reading in
      if node["errorRatio"] != nil || node["latency"] != nil { return }
      reading.report(
        .error, at: node, "an objective has no bound",
        remedy: "write `errorRatio: 0.01` or `latency: {quantile: 0.99, below: 250ms}`")
    }
  }
}

/// `spec.expect`
enum ExpectTable {
  static let table = Table<Expectation> {
    $0.key(
      "outcome", \.outcome,
      Codec<String>.word(of: Outcome.allCases.map(\.rawValue)).map { word, _, _ in
        Outcome(rawValue: word)
      }, "how the rollout ends")
    $0.key("within", \.within, .positiveSpan, "from the change to its terminal state, at most")
    $0.key(
      "restored", \.restored, .boolean,
      "true: no restoration defect against the twin; false: at least one")
    $0.key(
      "regret", \.regret,
      Codec<String>.word(of: Expectation.RegretBound.allCases.map(\.rawValue)).map { word, _, _ in
        Expectation.RegretBound(rawValue: word)
      }, "none: no decision hurt more than its other branch; some: one did")
    $0.key(
      "objectives", \.objectives, objectives,
      "limits that clients must see kept from the change to the end, by the metrics of the load "
        + "generator")
    $0.key(
      "replicas", \.replicas, replicas,
      "how many pods a Deployment is told to have from the change to the end")
    $0.key(
      "invariants", \.invariants, invariants,
      "what must hold at every moment from the change to the end")
    $0.key(
      "alerts", \.alerts, AlertTable.expected, "which alerts of the rules fire after the change")
    $0.key("promql", \.queries, QueryTable.codec, "what answers to queries must be")
    $0.key("atEnd", \.atEnd, EndStateTable.codec, "what must be there at the end of the run")
    $0.nested(
      "felt", \.felt,
      documentation: "what must go wrong, so that no run passes in which the faults did nothing",
      Table {
        $0.key("objectives", \.objectives, objectives, "limits that must be exceeded")
        $0.key("invariants", \.invariants, invariants, "invariants that must be broken")
        $0.key(
          "longerThan", \.longerThan, .positiveSpan,
          "from the change to its terminal state, at least")
      })
  }

  private static let objectives = Codec<[ObjectiveDraft]>.list(
    of: .object(ObjectiveDraft(), ObjectiveDraft.plain)
  ).map { drafts, _, _ in
    drafts.flatMap { draft in
      draft.limits.map { Expectation.Objective(service: draft.key, limit: $0) }
    }
  }

  private struct ReplicasDraft: Sendable {
    var deployment = ""
    var namespace = "default"
    var most: Int?
    var least: Int?
  }

  private static let replicas = Codec<[ReplicasDraft]>.list(
    of: .object(
      ReplicasDraft(),
      Table {
        $0.key("deployment", \.deployment, .string, required: true, "whose `spec.replicas`")
        $0.key("namespace", \.namespace, .string, "default `default`")
        $0.key("most", \.most, .count, "the largest number, exactly")
        $0.key("least", \.least, .count, "the smallest number, exactly")
      })
  ).map { drafts, _, _ in
    drafts.map {
      Expectation.Replicas(
        deployment: ObjectKey(.deployment, namespace: $0.namespace, name: $0.deployment),
        most: $0.most, least: $0.least)
    }
  }

  private static let invariants = Codec<[String]>.list(
    of: .word(of: InvariantCatalog.all.map { $0.name }))
}
