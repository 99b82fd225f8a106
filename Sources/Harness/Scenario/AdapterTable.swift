import ClusterAPI
import Control
import Manifests
import YAML

/// `adapter`: the rules of prometheus-adapter.
enum AdapterTable {
  /// What a scenario says of the adapter, in its own field and among its manifests.
  struct Draft: Sendable {
    /// nil: the field is not there.
    var named: AdapterRules?
    var amongManifests: AdapterRules?

    /// The chart's own rules where nobody says anything.
    var rules: AdapterRules { named ?? amongManifests ?? .chart }
  }

  /// Paths of configuration files, values of the chart, or ConfigMaps.
  static func rules(_ source: ScenarioSource) -> Codec<AdapterRules> {
    let entries = Codec<[AdapterSet.Entry]>.files(
      source, of: "configuration of prometheus-adapter",
      remedy: "write `rules:`, or a ConfigMap with `config.yaml`"
    ) { files in
      let set = AdapterReader.read(files: files)
      return .init(
        entries: set.entries, diagnostics: set.diagnostics,
        isNone: set.entries.isEmpty && !set.hasErrors)
    }
    return entries.map { entries, _, _ in
      var rules = AdapterRules()
      for entry in entries { rules.add(entry.rules) }
      return rules
    }
  }

  /// The adapter's ConfigMap among manifests; nil where there is none.
  ///
  /// What is wrong with it does not make the scenario wrong: the cluster runs, and its adapter does not.
  static func rules(
    amongManifests node: YAMLNode, _ source: ScenarioSource, _ reading: inout Reading
  ) -> AdapterRules? {
    var found: AdapterSet.Entry?
    for files in source.files(amongManifests: node, with: "seriesQuery") {
      let set = AdapterReader.read(manifests: files)
      for diagnostic in set.diagnostics {
        var shown = diagnostic
        shown.severity = min(.warning, shown.severity)
        reading.diagnostics.append(shown)
      }
      for entry in set.entries { choose(entry, over: &found, &reading) }
    }
    guard let found else { return nil }
    return found.isAccepted ? found.rules : AdapterRules()
  }

  /// One adapter serves a cluster's metrics.
  private static func choose(
    _ entry: AdapterSet.Entry, over found: inout AdapterSet.Entry?, _ reading: inout Reading
  ) {
    // One without rules serves metrics of pods and nodes, as metrics-server does.
    if entry.isAccepted, entry.rules.isEmpty { return }
    let name = entry.object ?? ""
    if let first = found {
      reading.diagnostics.append(
        Diagnostic(
          .warning, at: entry.location,
          message:
            "ConfigMap \(name) is not used: the adapter has that at \(first.location.description) already",
          remedy: "name one of them in `spec.adapter`"))
      return
    }
    found = entry
    if !entry.isAccepted {
      reading.diagnostics.append(
        Diagnostic(
          .warning, at: entry.location,
          message: "prometheus-adapter refuses ConfigMap \(name), and answers no query"))
    }
  }
}

extension AdapterRules {
  fileprivate mutating func add(_ other: AdapterRules) {
    rules += other.rules
    externalRules += other.externalRules
  }
}
