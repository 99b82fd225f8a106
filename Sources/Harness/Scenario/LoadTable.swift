import ClusterAPI
import Manifests
import Units
import World
import YAML

/// `spec.load`: who calls which Service, how often.
enum LoadTable {
  struct Draft: Sendable {
    var service = ""
    var namespace = "default"
    var curve: LoadCurve?
    var poisson = true
    var timeout: Span? = .seconds(10)
    var retries = 0
    var retryDelay = Span.milliseconds(25)
    var balancing = Balancing.random

    func spec(offset: Span) -> LoadSpec {
      let shifted = (curve ?? .constant(milliRate: 0)).shifted(by: offset)
      var spec = LoadSpec(
        service: ObjectKey(.service, namespace: namespace, name: service), curve: shifted)
      spec.poisson = poisson
      spec.timeout = timeout
      spec.retries = retries
      spec.retryDelay = retryDelay
      spec.balancing = balancing
      return spec
    }
  }

  /// - Parameter folder: reads a file by its path relative to the scenario; nil with a report.
  static func table(_ open: @escaping ScenarioReader.Open) -> Table<Draft> {
    Table {
      $0.key("service", \.service, .string, required: true, "name of the Service that is called")
      $0.key("namespace", \.namespace, .string, "of the Service; default `default`")
      $0.key(
        "curve", \.curve,
        Codec.object(CurveParts(), CurveParts.table(open)).map(CurveParts.curve),
        required: true,
        "requests per second over time: one of `constant`, `stages`, `diurnal`, `spike`, `trace`")
      $0.key("poisson", \.poisson, .boolean, "random gaps (true, default) or exactly even ones")
      $0.key("timeout", \.timeout, .positiveSpan, "the client gives up after this; default 10s")
      $0.key("retries", \.retries, .integer(in: 0...10), "further attempts after a failed one")
      $0.key("retryDelay", \.retryDelay, .span, "between a failed attempt and the next")
      $0.key(
        "balancing", \.balancing,
        Codec<String>.word(of: Balancing.allCases.map(\.rawValue)).map { word, _, _ in
          Balancing(rawValue: word)
        }, "how a proxy chooses among ready endpoints; default random, as kube-proxy does")
    }
  }
}

/// The keys of a load curve; exactly one of them stands in a file.
struct CurveParts: Sendable {
  struct Stage: Sendable {
    var duration = Span.zero
    var target: Int64 = 0

    static let check: @Sendable ([Stage], YAMLNode, inout Reading) -> [Stage]? = {
      stages, node, reading in
      var total = Span.zero
      for stage in stages where total <= .longest { total += stage.duration }
      if total <= .longest { return stages }
      reading.report(
        .error, at: node, "the stages take longer than 3650d", remedy: "write shorter ones")
      return nil
    }
  }

  struct Diurnal: Sendable {
    var low: Int64 = 0
    var high: Int64 = 0
    var period = Span.hours(24)
    var peakAt = Span.hours(12)

    static let check: @Sendable (inout Diurnal, YAMLNode, inout Reading) -> Void = {
      day, node, reading in
      if day.high < day.low, let high = node["high"] {
        reading.report(
          .error, at: high, "`high` is less than `low`", remedy: "exchange the two")
      }
      if day.peakAt > day.period {
        reading.report(
          .error, at: node["peakAt"] ?? node, "the peak comes after the period",
          remedy: "write `peakAt` between 0 and `period`")
      }
    }
  }

  struct Spike: Sendable {
    var base: Int64 = 0
    var peak: Int64 = 0
    var at = Span.zero
    var length = Span.minutes(1)
    var ramp = Span.zero
  }

  var constant: Int64?
  var stages: [Stage]?
  var diurnal: Diurnal?
  var spike: Spike?
  var trace: LoadCurve?

  static func table(_ open: @escaping ScenarioReader.Open) -> Table<CurveParts> {
    Table {
      $0.key("constant", \.constant, .milliRate, "requests per second, always")
      $0.key(
        "stages", \.stages,
        Codec<[Stage]>.list(
          of: .object(
            Stage(),
            Table {
              $0.key("duration", \.duration, .span, required: true, "how long the stage takes")
              $0.key(
                "target", \.target, .milliRate, required: true,
                "requests per second at its end, reached on a straight line")
            })
        ).notEmpty("stage", such: "{duration: 1m, target: 250}").map(Stage.check),
        "stages with linear ramps; the first begins at its own target, the last holds on")
      $0.key(
        "diurnal", \.diurnal,
        .object(
          Diurnal(),
          Table {
            $0.key("low", \.low, .milliRate, required: true, "requests per second at night")
            $0.key("high", \.high, .milliRate, required: true, "requests per second at the peak")
            $0.key("period", \.period, .positiveSpan, "default 24h")
            $0.key("peakAt", \.peakAt, .span, "time of the peak in the period; default 12h")
          }, finish: Diurnal.check), "a day: a sine between two rates, in 48 straight pieces")
      $0.key(
        "spike", \.spike,
        .object(
          Spike(),
          Table {
            $0.key("base", \.base, .milliRate, required: true, "requests per second outside it")
            $0.key("peak", \.peak, .milliRate, required: true, "requests per second in it")
            $0.key("at", \.at, .span, required: true, "when it begins")
            $0.key("for", \.length, .positiveSpan, required: true, "how long it holds")
            $0.key("ramp", \.ramp, .span, "how long it takes up and down; default 0")
          }), "one spike over a constant load")
      $0.custom(
        "trace", documentation: "a file of rates, relative to this file", shape: .string
      ) { parts, node, reading in
        guard let path = Codec<String>.string.read(node, &reading),
          let bytes = open(path, node, &reading)
        else { return }
        parts.trace = TraceFile.curve(bytes, path, node, &reading)
      }
    }
  }

  static let curve: @Sendable (CurveParts, YAMLNode, inout Reading) -> LoadCurve? = {
    parts, node, reading in
    var curves: [LoadCurve] = []
    if let rate = parts.constant { curves.append(.constant(milliRate: rate)) }
    if let stages = parts.stages { curves.append(.stages(stages)) }
    if let diurnal = parts.diurnal { curves.append(.diurnal(diurnal)) }
    if let spike = parts.spike { curves.append(.spike(spike)) }
    if let trace = parts.trace { curves.append(trace) }
    if curves.count == 1 {
      if curves[0].points.contains(where: { $0.milliRate > 0 }) { return curves[0] }
      reading.report(
        .error, at: node, "no request ever comes", remedy: "write rates above 0, such as 250")
      return nil
    }
    // What is wrong with the one that is written is reported there.
    if curves.isEmpty, node.mapping?.contains(where: { !$0.value.isNull }) ?? true { return nil }
    reading.report(
      .error, at: node, curves.isEmpty ? "names no curve" : "names more than one curve",
      remedy: "write one of constant, stages, diurnal, spike, trace")
    return nil
  }
}
