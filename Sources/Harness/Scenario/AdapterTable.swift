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
    let path = Shape.text(form: "path of a file or folder", pattern: nil, isNumberToo: false)
    return Codec(shape: .either([path, .list(path)])) { node, reading in
      var rules = AdapterRules()
      for item in node.sequence ?? [node] {
        guard let path = Codec<String>.string.read(item, &reading) else { continue }
        guard let files = try? source.load(path) else {
          reading.report(
            .error, at: item, "cannot read `\(path)`",
            remedy: "write a file or a folder, relative to this file")
          continue
        }
        let set = AdapterReader.read(files: files)
        reading.diagnostics += set.diagnostics
        if set.entries.isEmpty, !set.hasErrors {
          reading.report(
            .error, at: item, "`\(path)` holds no configuration of prometheus-adapter",
            remedy: "write `rules:`, or a ConfigMap with `config.yaml`")
        }
        for entry in set.entries { rules.add(entry.rules) }
      }
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
    for item in node.sequence ?? [node] {
      guard item.mapping == nil, case .string(let path) = item.resolved,
        let files = try? source.load(path)
      else { continue }
      let set = AdapterReader.read(
        manifests: files.filter {
          String(decoding: $0.bytes, as: UTF8.self).contains("seriesQuery")
        })
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
