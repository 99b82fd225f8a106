import ClusterAPI

/// What manifests show of leader election: whether instances of a program agree on one that works.
enum LeaderElection {
  enum Sign { case on, off }

  /// What the words and variables of a container say; nil: nothing.
  static func sign(of container: Container) -> Sign? {
    var found: Sign?
    for word in container.words {
      guard let sign = sign(of: word) else { continue }
      if sign == .off { return .off }
      found = .on
    }
    for variable in container.environment {
      let isAbout = isAbout(variable.name)
      guard case .value(let text) = variable.source else {
        if isAbout { found = .on }
        continue
      }
      if isAbout, ["false", "0", "off"].contains(text.lowercased()) { return .off }
      if isAbout || LeaderElection.isAbout(text) { found = .on }
    }
    return found
  }

  /// Whether a workload shows that its instances agree: by its words, or by a right on leases.
  static func isOn(_ workload: ExaminedWorkload) -> Bool {
    let signs = workload.containers.compactMap(sign)
    if signs.contains(.on) { return true }
    return signs.isEmpty && mayWriteLeases(workload)
  }

  private static func sign(of word: String) -> Sign? {
    guard isAbout(word) else { return nil }
    let value = word.split(separator: "=", maxSplits: 1).dropFirst().first?.lowercased()
    let isNegated = word.hasPrefix("--no-") || word.hasPrefix("--disable-")
    return isNegated || value == "false" ? .off : .on
  }

  private static func isAbout(_ text: String) -> Bool {
    let letters = text.lowercased().filter { $0.isLetter }
    return letters.contains("leaderelect")
  }

  /// Whether a role that the tree holds lets the workload's account write leases, or an object that is
  /// named for its leader.
  private static func mayWriteLeases(_ workload: ExaminedWorkload) -> Bool {
    guard let account = workload.spec.serviceAccountName else { return false }
    let objects = workload.tree.objects.compactMap { object -> OpaqueObject? in
      if case .opaque(let it) = object { it } else { nil }
    }
    let names = objects.filter { $0.kind.name.hasSuffix("RoleBinding") && isBound(account, by: $0) }
      .compactMap { $0.document["roleRef"]?["name"]?.text }
    let roles = objects.filter { ["Role", "ClusterRole"].contains($0.kind.name) }
    let bound = roles.filter { names.contains($0.meta.name) }
    return (bound + bound.flatMap { parts(of: $0, among: roles) }).contains { role in
      (role.document["rules"]?.elements ?? []).contains(where: isAboutLeader)
    }
  }

  /// The roles that an aggregated one collects by their labels.
  private static func parts(of role: OpaqueObject, among roles: [OpaqueObject]) -> [OpaqueObject] {
    let selectors = role.document["aggregationRule"]?["clusterRoleSelectors"]?.elements ?? []
    return roles.filter { part in
      selectors.contains { selector in
        let wanted = selector["matchLabels"]?.fields ?? []
        return !wanted.isEmpty && wanted.allSatisfy { part.meta.labels[$0.key] == $0.value.text }
      }
    }
  }

  private static func isAboutLeader(_ rule: DocumentValue) -> Bool {
    func texts(_ key: String) -> [String] { (rule[key]?.elements ?? []).compactMap(\.text) }
    guard texts("verbs").contains(where: { ["update", "patch", "create", "*"].contains($0) }) else {
      return false
    }
    return texts("resources").contains("leases")
      || texts("resourceNames").contains { $0.contains("leader") || $0.contains("election") }
  }

  private static func isBound(_ account: String, by binding: OpaqueObject) -> Bool {
    (binding.document["subjects"]?.elements ?? []).contains { subject in
      subject["kind"]?.text == "ServiceAccount" && subject["name"]?.text == account
    }
  }
}
