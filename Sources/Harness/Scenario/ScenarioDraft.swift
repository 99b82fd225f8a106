import ClusterAPI
import Manifests
import World
import YAML

/// A scenario while it is read: what depends on several fields is worked out at the end.
struct ScenarioDraft: Sendable {
  var scenario = Scenario()
  var apiVersion = ""
  var kind = ""
  var loads: [LoadTable.Draft] = []
  var metrics: [MetricTable.Draft] = []
  var changes: [ChangeTable.Draft] = []
  var rules: [RuleSet.Entry] = []
  var adapter = AdapterTable.Draft()
  /// Of Argo Rollouts and Flagger, among the manifests.
  var analyses = AnalysisSet()
  /// Whether all manifests could be read; what is missing otherwise may stand in one of the others.
  var hasAllObjects = false

  /// Puts the parts together, and checks what they say of each other.
  func finish(_ root: YAMLNode, _ reading: inout Reading) -> Scenario {
    var result = scenario
    result.loads = loads.map { $0.spec(offset: result.warmUp) }
    result.metrics = metrics.compactMap { $0.script(offset: result.warmUp) }
    result.changes = changes.map { .init(at: $0.at, changes: $0.changes) }
      .sorted { $0.at < $1.at }
    result.rules = rules.map(\.group)
    result.adapter = adapter.rules
    reading.diagnostics += UnknownMetrics.warnings(rules, images: result.images)
    if let spec = root["spec"] {
      reading.at(.key("spec")) {
        GuardAnalysisCheck(set: analyses, isWhole: hasAllObjects)
          .resolve(&result.guards, spec, &$0)
      }
    }
    let isWhole = hasAllObjects && changes.allSatisfy(\.hasAllObjects)
    let check = ScenarioCheck(
      scenario: result, names: isWhole ? ScenarioNames(result) : nil)
    if let spec = root["spec"] {
      reading.at(.key("spec")) { check.check(spec, &$0) }
    }
    return result
  }
}
