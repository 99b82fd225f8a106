import ClusterAPI
import Manifests
import Units
import World
import YAML

/// `spec.metrics`: what the metrics APIs answer instead of what the pods use.
enum MetricTable {
  struct Draft: Sendable {
    struct Step: Sendable {
      var at = Span.zero
      var milli: Int64 = 0
    }

    struct Gap: Sendable {
      var from = Span.zero
      var to = Span.zero
      var pods: [Int]?
    }

    var resource: String?
    var pods: String?
    var object: String?
    var external: String?
    var deployment: String?
    var statefulSet: String?
    var namespace = "default"
    var kind = ""
    var name = ""
    var sharing = MetricScript.Sharing.perPod
    var steps: [Step] = []
    var gaps: [Gap] = []
    var window = Span.seconds(15)

    private var workload: ObjectKey {
      ObjectKey(
        statefulSet == nil ? .deployment : .statefulSet, namespace: namespace,
        name: statefulSet ?? deployment ?? "")
    }

    /// One for each kind of metric that is named.
    var subjects: [MetricScript.Subject] {
      var subjects: [MetricScript.Subject] = []
      if let resource { subjects.append(.resource(resource, of: workload)) }
      if let pods { subjects.append(.pods(pods, of: workload)) }
      if let object { subjects.append(.object(object, kind: kind, name: name)) }
      if let external { subjects.append(.external(external)) }
      return subjects
    }

    /// - Parameter offset: when the scenario's clock starts; what holds then has held before.
    func script(offset: Span) -> MetricScript? {
      guard let subject = subjects.first else { return nil }
      var script = MetricScript(subject, sharing: sharing)
      script.steps = steps.map {
        .init(at: $0.at == .zero ? .zero : .zero + offset + $0.at, milli: $0.milli)
      }
      script.gaps = gaps.map {
        .init(from: .zero + offset + $0.from, to: .zero + offset + $0.to, pods: $0.pods)
      }
      script.window = window
      return script
    }
  }

  static let table = Table<Draft> {
    $0.key(
      "resource", \.resource, .word(of: ["cpu", "memory"]),
      "of the pods of a workload: cpu in cores, memory in bytes")
    $0.key("pods", \.pods, .string, "a custom metric of the pods of a workload")
    $0.key("object", \.object, .string, "a custom metric of the object `kind`, `name`")
    $0.key("external", \.external, .string, "a metric from outside of the cluster")
    $0.key("deployment", \.deployment, .string, "whose pods have the metric")
    $0.key("statefulSet", \.statefulSet, .string, "whose pods have the metric")
    $0.key("namespace", \.namespace, .string, "of the workload; default `default`")
    $0.key("kind", \.kind, .string, "of the object")
    $0.key("name", \.name, .string, "of the object")
    $0.key(
      "sharing", \.sharing,
      Codec<String>.word(of: ["perPod", "total"]).map { word, _, _ in
        MetricScript.Sharing(rawValue: word)
      },
      "perPod: each running pod has the value (default); total: the ready pods share it, the others "
        + "have 0")
    $0.key(
      "steps", \.steps,
      Codec<[Draft.Step]>.list(of: .object(Draft.Step(), step))
        .notEmpty("step", such: "{at: 0s, value: 300m}"), required: true,
      "the values over time; that of 0s holds in the warm-up too")
    $0.key(
      "gaps", \.gaps, .list(of: .object(Draft.Gap(), gap)), "when there are no values")
    $0.key(
      "window", \.window, .span, "over which a value is said to be measured; default 15s")
    $0.check(check)
  }

  private static let step = Table<Draft.Step> {
    $0.key("at", \.at, .span, required: true, "from when on")
    $0.key(
      "value", \.milli,
      Codec<Quantity>.quantity.map(shape: Codec<Quantity>.quantity.shape) { amount, node, reading in
        if amount.sign >= 0 { return amount.milliValue }
        reading.report(
          .error, at: node, "`\(node.excerpt)` is less than 0", remedy: "write such as 300m")
        return nil
      }, required: true, "such as 300m, 40 or 512Mi")
  }

  private static let gap = Table<Draft.Gap> {
    $0.key("from", \.from, .span, required: true, "when it begins")
    $0.key("to", \.to, .positiveSpan, required: true, "when it ends")
    $0.key(
      "pods", \.pods, .list(of: .count),
      "by number in the order in which they were made, from 0; all, where none are named")
  }

  private static let check: @Sendable (inout Draft, YAMLNode, inout Reading) -> Void = {
    draft, node, reading in
    if draft.subjects.count != 1 {
      reading.report(
        .error, at: node,
        draft.subjects.isEmpty ? "names no metric" : "names more than one metric",
        remedy: "write one of resource, pods, object, external")
    }
    let isOfPods = draft.resource != nil || draft.pods != nil
    if isOfPods, (draft.deployment == nil) == (draft.statefulSet == nil) {
      reading.report(
        .error, at: node, "says not whose pods have the metric",
        remedy: "write one of deployment, statefulSet")
    }
    for (before, after) in zip(draft.steps, draft.steps.dropFirst()) where after.at <= before.at {
      reading.report(
        .error, at: node["steps"] ?? node, "the times of the steps do not ascend",
        remedy: "write them in the order of time")
      break
    }
  }
}
