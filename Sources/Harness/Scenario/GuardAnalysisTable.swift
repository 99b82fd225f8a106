import ClusterAPI
import Control
import Manifests
import YAML

/// `guards[].analysis`: as a Rollout of Argo writes its background analysis.
///
/// What it names is looked up among the manifests once all of them are read (`GuardAnalysisCheck`).
enum GuardAnalysisTable {
  static let codec = Codec<GuardAnalysis>.object(GuardAnalysis(templates: []), table)

  /// Templates and Canaries in the files of manifests.
  static func set(amongManifests node: YAMLNode, _ source: ScenarioSource) -> AnalysisSet {
    let files = (node.sequence ?? [node]).flatMap { item -> [(name: String, bytes: [UInt8])] in
      guard item.mapping == nil, case .string(let path) = item.resolved else { return [] }
      return (try? source.load(path)) ?? []
    }
    return AnalysisReader.read(
      manifests: files.filter { file in
        let text = String(decoding: file.bytes, as: UTF8.self)
        return ["argoproj.io/", "flagger.app/"].contains { text.contains($0) }
      })
  }

  private static let table = Table<GuardAnalysis> {
    $0.key(
      "templates", \.templates,
      .list(of: template).notEmpty(
        "template", such: "{templateName: success-rate}"), required: true,
      "AnalysisTemplates among the manifests, all of whose metrics are measured")
    $0.key(
      "args", \.arguments, .list(of: .object(AnalysisArgument(""), argument)),
      "what the templates' arguments are")
  }

  private static let template = Codec<AnalysisTemplate>.object(
    AnalysisTemplate(),
    Table {
      $0.key("templateName", \.reference.name, .string, required: true, "its name")
      $0.key(
        "clusterScope", \.reference.isOfCluster, .boolean,
        "whether it is a ClusterAnalysisTemplate; default false")
    })

  private static let argument = Table<AnalysisArgument> {
    $0.key("name", \.name, .string, required: true, "as `{{args.NAME}}` has it")
    $0.key("value", \.source, value, "a text")
    $0.inside(
      "valueFrom", documentation: "what is known when the analysis begins",
      Table {
        $0.key(
          "podTemplateHashValue", \.source,
          Codec<String>.word(of: ["Latest", "Stable"]).map { word, _, _ in
            word == "Latest" ? .latestHash : .stableHash
          }, "`pod-template-hash` of the revision that is judged, or of the last good one")
        $0.inside(
          "fieldRef", documentation: "a field of the Deployment",
          Table {
            $0.key(
              "fieldPath", \.source,
              Codec<String>.string.map { path, _, _ in .field(path) },
              "`metadata.name`, `metadata.namespace`, `metadata.labels['KEY']` or "
                + "`metadata.annotations['KEY']`")
          })
      })
    $0.check { argument, node, reading in
      if argument.source != .required { return }
      reading.report(
        .error, at: node, "the argument has no value",
        remedy: "add `value:`, or `valueFrom: {podTemplateHashValue: Latest}`")
    }
  }

  /// A number or a boolean is as good as a text.
  private static let value = Codec<AnalysisArgument.Source>(shape: .string) { node, reading in
    if let scalar = node.scalar { return .value(scalar.text) }
    return Codec<String>.string.read(node, &reading).map { .value($0) }
  }
}
