import ClusterAPI

/// A pod refers to something that is not there: a key of a ConfigMap or Secret, an object that the change
/// takes away, or one that only its arguments name.
enum MissingReference: FindingRule {
  static let id = "missing-reference"
  static let title = "something that a pod refers to is not there"

  static func find(in workload: ExaminedWorkload, _ trials: any Trials) -> [RehearsalFinding] {
    (workload.spec.initContainers + workload.spec.containers).flatMap { container in
      missingKeys(container, workload) + namedObjects(container, workload)
    } + missingItems(workload)
  }

  /// Keys that a volume is to make files of: `FailedMount`.
  private static func missingItems(_ workload: ExaminedWorkload) -> [RehearsalFinding] {
    workload.spec.volumes.enumerated().flatMap { index, volume -> [RehearsalFinding] in
      guard case .reference(let reference) = volume.source, !reference.optional else { return [] }
      let target = ObjectKey(
        reference.kind, namespace: workload.namespace, name: reference.name)
      let field = reference.kind == .secret ? "secret" : "configMap"
      guard let data = workload.tree.data(target), !data.isFilledElsewhere,
        let items = workload.unmodelled.first(where: {
          $0.path.hasSuffix(".volumes[\(index)].\(field).items")
        })?.value.elements
      else { return [] }
      return items.compactMap { $0["key"]?.text }.filter { !data.has($0) }.map { key in
        finding(
          .error, workload.key, part: "volume \(volume.name) \(target.short) \(key)",
          "the volume \(volume.name) needs the key `\(key)` of \(target.short), which has none: the pod does "
            + "not start (FailedMount)")
      }
    }
  }

  static func find(from base: ExaminedWorkload, to head: ExaminedWorkload) -> [RehearsalFinding] {
    var seen: Set<LocalReference> = []
    return head.spec.references.compactMap { reference in
      let key = ObjectKey(reference.kind, namespace: head.namespace, name: reference.name)
      guard seen.insert(reference).inserted, !head.tree.holds(key), base.tree.holds(key) else {
        return nil
      }
      return finding(
        .warning, head.key, part: key.short,
        "the pods need \(key.short), which the new manifests do not hold any more",
        .when("if \(key.short) is deleted with the change"))
    }
  }

  /// Keys that a ConfigMap or Secret of the tree does not have: `CreateContainerConfigError`.
  private static func missingKeys(
    _ container: Container, _ workload: ExaminedWorkload
  ) -> [RehearsalFinding] {
    container.environment.compactMap { variable in
      let (kind, name, key): (Kind, String, String)
      switch variable.source {
      case .configMapKey(let it, let field, optional: false):
        (kind, name, key) = (.configMap, it, field)
      case .secretKey(let it, let field, optional: false): (kind, name, key) = (.secret, it, field)
      default: return nil
      }
      let target = ObjectKey(kind, namespace: workload.namespace, name: name)
      guard let data = workload.tree.data(target), !data.has(key) else { return nil }
      return finding(
        data.isFilledElsewhere ? .warning : .error, workload.key,
        part: "\(container.name) \(target.short) \(key)",
        "\(variable.name) of \(container.name) needs the key `\(key)` of \(target.short), which has "
          + "none: the container does not start (CreateContainerConfigError)",
        data.isFilledElsewhere ? .when("unless somebody else adds the key") : .always)
    }
  }

  /// Objects that arguments name as `namespace/name`.
  private static func namedObjects(
    _ container: Container, _ workload: ExaminedWorkload
  ) -> [RehearsalFinding] {
    container.words.compactMap { word in
      guard let target = target(of: word, container, workload), !workload.tree.holds(target) else {
        return nil
      }
      return finding(
        .note, workload.key, part: "\(container.name) \(target.short)",
        "\(container.name) is told of \(target.short) (`\(word)`), which the manifests do not hold",
        .when("unless \(target.short) exists"))
    }
  }

  /// The object that `--tcp-services-configmap=$(POD_NAMESPACE)/tcp-services` names.
  private static func target(
    of word: String, _ container: Container, _ workload: ExaminedWorkload
  ) -> ObjectKey? {
    let sides = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard sides.count == 2, sides[0].hasPrefix("-") else { return nil }
    let flag = sides[0].lowercased().filter { $0.isLetter }
    let kind: Kind
    if flag.hasSuffix("configmap") || flag.hasSuffix("configmapname") {
      kind = .configMap
    } else if flag.hasSuffix("sslcertificate") {
      kind = .secret
    } else {
      return nil
    }
    let parts = sides[1].split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    var namespace = workload.namespace
    guard let name = parts.last, parts.count <= 2, isName(name) else { return nil }
    if parts.count == 2 {
      let isOwn = parts[0].hasPrefix("$(") && parts[0].hasSuffix(")")
      guard isOwn || isName(parts[0]) else { return nil }
      if !isOwn { namespace = parts[0] }
    }
    return ObjectKey(kind, namespace: namespace, name: name)
  }

  private static func isName(_ text: String) -> Bool { LabelSyntax.isSubdomain(text) }
}

extension ObjectKey {
  /// `configmap/web`, without the namespace.
  var short: String { "\(kind.name.lowercased())/\(name)" }
}
