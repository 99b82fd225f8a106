import ClusterAPI
import Control
public import YAML

/// Reads what analyses are made of, with everything that is wrong with it in one go.
public enum AnalysisReader {
  /// Reads files of such documents; all other documents are passed over.
  ///
  /// A document with an error is reported and left out. Of two with one key the later one stays.
  public static func read(
    files: [(name: String, bytes: [UInt8])], limits: Limits = .standard
  ) -> AnalysisSet {
    read(files, limits, isOfManifests: false)
  }

  /// Reads the documents among manifests; what is wrong with a file as a whole, and documents of one key,
  /// are reported by who reads the objects.
  public static func read(
    manifests: [(name: String, bytes: [UInt8])], limits: Limits = .standard
  ) -> AnalysisSet {
    read(manifests, limits, isOfManifests: true)
  }

  private static func read(
    _ files: [(name: String, bytes: [UInt8])], _ limits: Limits, isOfManifests: Bool
  ) -> AnalysisSet {
    var readers: [AnalysisFileReader] = []
    for file in files {
      var reader = AnalysisFileReader(name: file.name, bytes: file.bytes)
      reader.read(limits: limits, isOfManifests: isOfManifests)
      readers.append(reader)
    }
    let catalog = MetricCatalog(readers.flatMap(\.metricTemplates))
    var set = AnalysisSet()
    var places: [String: SourceLocation] = [:]
    var isNoted = false
    for index in readers.indices {
      readers[index].checkMetricTemplates(catalog)
      readers[index].finish(&set, catalog, &isNoted)
      if !isOfManifests { readers[index].reportTwins(&places) }
      set.diagnostics += readers[index].reading.diagnostics.sorted {
        ($0.location.line, $0.location.column) < ($1.location.line, $1.location.column)
      }
    }
    return set
  }
}

/// Reads the documents of one file.
struct AnalysisFileReader {
  var reading: Reading
  let bytes: [UInt8]
  private(set) var metricTemplates: [CanaryFields.Template] = []
  private var templates: [AnalysisFields.Template] = []
  private var canaries: [CanaryFields.Canary] = []
  /// Of each document that has a name: kind, namespace and name, and its place.
  private var keys: [(key: String, node: YAMLNode)] = []

  init(name: String, bytes: [UInt8]) {
    reading = Reading(file: name)
    self.bytes = bytes
  }

  mutating func read(limits: Limits, isOfManifests: Bool) {
    do throws(YAMLError) {
      for document in try parse(bytes: bytes, limits: limits) {
        if !isOfManifests { for problem in document.problems { report(problem) } }
        if let root = document.root { read(root) }
      }
    } catch {
      guard !isOfManifests else { return }
      reading.diagnostics.append(
        Diagnostic(
          .error,
          at: SourceLocation(
            file: reading.file, line: error.mark.line, column: error.mark.column),
          message: error.message))
    }
  }

  private mutating func report(_ problem: Problem) {
    reading.diagnostics.append(
      Diagnostic(
        .warning,
        at: SourceLocation(
          file: reading.file, line: problem.mark.line, column: problem.mark.column),
        message: problem.message))
  }

  private mutating func read(_ node: YAMLNode) {
    guard case .string(let kind)? = node["kind"]?.resolved else { return }
    if kind.hasSuffix("List"), let items = node["items"]?.sequence {
      for item in items { read(item) }
      return
    }
    switch (kind, text(node["apiVersion"])) {
    case ("AnalysisTemplate", "argoproj.io/v1alpha1"),
      ("ClusterAnalysisTemplate", "argoproj.io/v1alpha1"):
      let isOfCluster = kind == "ClusterAnalysisTemplate"
      templates.append(AnalysisFields.read(node, isOfCluster: isOfCluster, &reading))
    case ("MetricTemplate", "flagger.app/v1beta1"):
      metricTemplates.append(CanaryFields.readTemplate(node, &reading))
    case ("Canary", "flagger.app/v1beta1"):
      canaries.append(CanaryFields.readCanary(node, &reading))
    case ("AnalysisTemplate", _), ("ClusterAnalysisTemplate", _), ("MetricTemplate", _),
      ("Canary", _):
      let known =
        kind.hasSuffix("AnalysisTemplate") ? "argoproj.io/v1alpha1" : "flagger.app/v1beta1"
      guard text(node["apiVersion"]).hasPrefix(known.prefix { $0 != "/" } + "/") else { return }
      reading.report(
        .error, at: node["apiVersion"] ?? node, "\(kind) is read of `\(known)` only",
        remedy: "write that")
      return
    default: return
    }
    let metadata = node["metadata"]
    keys.append(("\(kind) \(text(metadata?["namespace"]))/\(text(metadata?["name"]))", node))
  }

  private func text(_ node: YAMLNode?) -> String { node?.scalar?.text ?? "" }

  /// Documents of one key: the later one stays.
  fileprivate mutating func reportTwins(_ places: inout [String: SourceLocation]) {
    for (key, node) in keys {
      let place = reading.location(node)
      if let first = places.updateValue(place, forKey: key) {
        reading.report(
          .warning, at: node,
          "the same \(key.prefix { $0 != " " }) stands at \(first.description) too",
          remedy: "the later one is used; remove one of them")
      }
    }
  }

  fileprivate mutating func checkMetricTemplates(_ catalog: MetricCatalog) {
    for template in metricTemplates {
      var checker = CanaryChecker(reading: reading, bytes: bytes, catalog: catalog)
      checker.check(template)
      reading = checker.reading
    }
  }

  fileprivate mutating func finish(
    _ set: inout AnalysisSet, _ catalog: MetricCatalog, _ isNoted: inout Bool
  ) {
    for template in templates {
      var checker = AnalysisChecker(reading: reading, bytes: bytes)
      let found = checker.template(template)
      reading = checker.reading
      let reference = template.value.reference
      let isSame: (AnalysisTemplate) -> Bool = {
        $0.reference == reference && $0.namespace == template.value.namespace
      }
      set.templateEntries.removeAll { isSame($0.value) }
      if let found {
        set.templateEntries.append(found)
      } else {
        set.rejections.append(
          .init(
            kind: reference.isOfCluster ? "ClusterAnalysisTemplate" : "AnalysisTemplate",
            namespace: template.value.namespace, name: reference.name,
            location: reading.location(template.node)))
      }
    }
    for canary in canaries {
      var checker = CanaryChecker(reading: reading, bytes: bytes, catalog: catalog)
      let found = checker.canary(canary)
      reading = checker.reading
      if !isNoted {
        isNoted = true
        reading.report(
          .note, at: canary.node["kind"] ?? canary.node,
          "of a Canary only the checks of its metrics are used")
      }
      set.canaryEntries.removeAll { $0.value.canary == canary.value.canary }
      if let found {
        set.canaryEntries.append(found)
      } else {
        let key = canary.value.canary
        set.rejections.append(
          .init(
            kind: "Canary", namespace: key.namespace, name: key.name,
            location: reading.location(canary.node)))
      }
    }
  }
}
