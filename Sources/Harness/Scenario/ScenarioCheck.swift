import Chaos
import ClusterAPI
import Manifests
import Units
import World
import YAML

/// What the parts of a scenario say of each other, once all of them are read.
///
/// It walks the file again, so that each problem has its place; what could not be read is passed
/// over, as it is reported already.
struct ScenarioCheck {
  let scenario: Scenario
  /// nil where not all manifests could be read, and names would be missed that are there.
  let names: ScenarioNames?

  func check(_ spec: YAMLNode, _ reading: inout Reading) {
    if let cluster = spec["cluster"] {
      reading.at(.key("cluster")) { each("nodePools", cluster, &$0, pools) }
    }
    autoscalers(spec, &reading)
    each("images", spec, &reading, image)
    each("load", spec, &reading, load)
    each("metrics", spec, &reading, metric)
    each("change", spec, &reading, change)
    each("judged", spec, &reading, judged)
    each("faults", spec, &reading, fault)
    each("guards", spec, &reading, watch)
    each("expect", spec, &reading, expect)
  }

  // MARK: - Walking

  typealias Visit = (_ node: YAMLNode, _ before: [YAMLNode], _ reading: inout Reading) ->
    Void

  /// Visits the elements of a list, or what stands there alone; `before` are those before it.
  func each(
    _ key: String, _ parent: YAMLNode, _ reading: inout Reading, _ visit: Visit
  ) {
    guard let node = parent[key] else { return }
    reading.at(.key(key)) { reading in
      guard let elements = node.sequence else { return visit(node, [], &reading) }
      for (index, element) in elements.enumerated() {
        reading.at(.index(index)) { visit(element, Array(elements[..<index]), &$0) }
      }
    }
  }

  func text(_ node: YAMLNode?) -> String? {
    guard let node, case .string(let text) = node.resolved else { return nil }
    return text
  }

  func span(_ node: YAMLNode?) -> Span? {
    guard let span = node?.scalar.flatMap({ Span(text: $0.text) }), span <= .longest else {
      return nil
    }
    return span
  }

  private func key(_ kind: Kind, _ field: String, _ node: YAMLNode) -> ObjectKey? {
    text(node[field]).map {
      ObjectKey(kind, namespace: text(node["namespace"]) ?? "default", name: $0)
    }
  }

  /// Reports a name of an object that is not there.
  private func demand(
    _ kind: Kind, _ field: String, _ node: YAMLNode, _ reading: inout Reading
  ) {
    guard let names, let key = key(kind, field, node), let place = node[field] else { return }
    let known = kind == .service ? names.services : names.keys(kind)
    reading.at(.key(field)) { $0.demand(key, among: known, at: place) }
  }

  /// Reports a time that does not come before the end.
  private func inTime(
    _ word: String, _ node: YAMLNode, _ reading: inout Reading
  ) {
    guard let at = span(node["at"]), at >= scenario.duration, let place = node["at"] else { return }
    reading.at(.key("at")) {
      $0.report(
        .error, at: place, "the \(word) comes after the end",
        remedy: "make `duration` longer, or `at` earlier")
    }
  }

  // MARK: - The parts

  private func pools(_ node: YAMLNode, _ before: [YAMLNode], _ reading: inout Reading) {
    guard let name = text(node["name"]), before.contains(where: { text($0["name"]) == name }),
      let place = node["name"]
    else { return }
    reading.at(.key("name")) {
      $0.report(
        .error, at: place, "there is a node pool `\(place.excerpt)` already",
        remedy: "give it a name of its own: its nodes are called by it")
    }
  }

  private func image(_ node: YAMLNode, _ before: [YAMLNode], _ reading: inout Reading) {
    guard let names, let match = text(node["match"]), let place = node["match"] else { return }
    reading.at(.key("match")) {
      $0.demand(
        match, as: .warning, among: names.images,
        "images of the manifests and of the change", at: place)
    }
  }

  private func load(_ node: YAMLNode, _ before: [YAMLNode], _ reading: inout Reading) {
    demand(.service, "service", node, &reading)
    guard let spike = node["curve"]?["spike"] else { return }
    reading.at(.key("curve")) {
      $0.at(.key("spike")) { inTime("spike", spike, &$0) }
    }
  }

  private func metric(_ node: YAMLNode, _ before: [YAMLNode], _ reading: inout Reading) {
    demand(.deployment, "deployment", node, &reading)
  }

  private func judged(_ node: YAMLNode, _ before: [YAMLNode], _ reading: inout Reading) {
    for (field, kind) in JudgedTable.workloads where node[field] != nil {
      demand(kind, field, node, &reading)
    }
  }

  private static let verbs = [
    "setImage", "scale", "restart", "undo", "pause", "resume", "delete",
  ]

  private func change(_ node: YAMLNode, _ before: [YAMLNode], _ reading: inout Reading) {
    inTime("change", node, &reading)
    nodeWork(node, &reading)
    for verb in ScenarioCheck.verbs {
      guard let target = node[verb] else { continue }
      reading.at(.key(verb)) { reading in
        for (field, kind) in EndStateTable.workloads where target[field] != nil {
          demand(kind, field, target, &reading)
          guard let key = key(kind, field, target) else { continue }
          if verb == "setImage" { container(target, of: key, &reading) }
          if verb == "undo" { undo(target, of: key, at: span(node["at"]), &reading) }
        }
      }
    }
  }

  private static let nodeVerbs = ["cordon", "uncordon", "drain", "deleteNode"]

  private func nodeWork(_ node: YAMLNode, _ reading: inout Reading) {
    for verb in ScenarioCheck.nodeVerbs {
      guard let names, let target = node[verb], let place = target["node"],
        let name = text(place)
      else { continue }
      reading.at(.key(verb)) { reading in
        reading.at(.key("node")) {
          $0.demand(name, as: .error, among: names.nodes, "nodes", at: place)
        }
      }
    }
  }

  private func container(
    _ target: YAMLNode, of key: ObjectKey, _ reading: inout Reading
  ) {
    guard let names, let name = text(target["container"]), let place = target["container"] else {
      return
    }
    let workloads = names.workloads.filter { $0.key == key }
    let known = workloads.flatMap { $0.spec.containers.map(\.name) }
    if workloads.isEmpty || known.contains(name) { return }
    let near = reading.nearest(to: name, among: known)
    reading.at(.key("container")) {
      $0.report(
        .error, at: place, "\(key.description) has no container `\(place.excerpt)`",
        remedy: near.map { "did you mean `\($0)`?" }
          ?? "known are \(known.joined(separator: ", "))", nearest: near)
    }
  }

  /// A cluster comes up with one revision of each workload.
  private func undo(
    _ target: YAMLNode, of key: ObjectKey, at: Span?, _ reading: inout Reading
  ) {
    guard let at else { return }
    let isLater = scenario.changes.contains { change in
      change.at < at && change.changes.contains { $0.key == key }
    }
    if isLater { return }
    reading.report(
      .error, at: target, "there is no revision of \(key.description) to go back to",
      remedy: "write an earlier change of it first, such as `setImage`")
  }

  private func fault(_ node: YAMLNode, _ before: [YAMLNode], _ reading: inout Reading) {
    guard let type = text(node["kind"]).flatMap(FaultCatalog.fault) else { return }
    inTime("fault", node, &reading)
    if let at = span(node["at"]), let length = span(node["for"]), let place = node["for"] {
      reading.at(.key("for")) { reading in
        if at < scenario.duration, at + length > scenario.duration {
          reading.report(
            .error, at: place, "the fault \(type.kind) lasts beyond the duration",
            remedy: "make `duration` longer, or the fault end earlier")
        }
        if type.init(FaultValues()).end.isEmpty {
          reading.report(
            .error, at: place, "a \(type.kind) cannot be taken back", remedy: "remove `for`")
        }
      }
    }
    if type == APIServerSlow.self, type.parameters.allSatisfy({ node[$0.name] == nil }) {
      reading.report(
        .error, at: node, "the fault \(type.kind) changes nothing",
        remedy: "add \(type.parameters.map { "`\($0.name):`" }.joined(separator: " or "))")
    }
    let fields = PodTargets.workloads.map(\.field)
    if type.parameters.contains(where: { $0.name == fields[0] }),
      fields.allSatisfy({ node[$0] == nil })
    {
      reading.report(
        .error, at: node, "does not say whose pods are meant",
        remedy: "add one of \(fields.joined(separator: ", "))")
    }
    for parameter in type.parameters { touches(parameter, node, &reading) }
    if type == GPUFailure.self { hasGPU(node, &reading) }
  }

  /// Reports a GPU that none of the nodes has.
  private func hasGPU(_ node: YAMLNode, _ reading: inout Reading) {
    let pattern = text(node["node"]) ?? "*"
    let nodes = scenario.nodePools.flatMap(\.nodes).filter { Wildcard.matches(pattern, $0.name) }
    var index: Int64 = 0
    if case .integer(let number)? = node["gpu"]?.resolved { index = number }
    func gpus(_ node: NodeSpec) -> Int64 { node.allocatable["nvidia.com/gpu"]?.value ?? 0 }
    guard !nodes.isEmpty, !nodes.contains(where: { gpus($0) > index }) else { return }
    reading.report(
      .error, at: node["gpu"] ?? node, "none of these nodes has a GPU \(index)",
      remedy: "write `gpu: {count: \(index + 1)}` under `machine` of their pool")
  }

  /// Whether what a parameter of a fault names is there.
  private func touches(
    _ parameter: FaultParameter, _ node: YAMLNode, _ reading: inout Reading
  ) {
    guard let names, let place = node[parameter.name] else { return }
    if let workload = PodTargets.workloads.first(where: { $0.field == parameter.name }) {
      return demand(workload.kind, workload.field, node, &reading)
    }
    switch parameter.name {
    case "service":
      demand(.service, "service", node, &reading)
      isLoaded(node, &reading)
    case "image", "node", "zone":
      guard let name = text(place) else { return }
      let (known, what) =
        switch parameter.name {
        case "image": (names.images, "images of the manifests and of the change")
        case "node": (names.nodes, "nodes")
        default: (names.zones, "zones of the nodes")
        }
      reading.at(.key(parameter.name)) {
        // A zone is a label's value.
        $0.demand(name, isPattern: parameter.name != "zone", among: known, what, at: place)
      }
    case "count": tooMany(node, place, &reading)
    default: break
    }
  }

  private func tooMany(_ node: YAMLNode, _ place: YAMLNode, _ reading: inout Reading) {
    let isOfPods = PodTargets.workloads.contains { node[$0.field] != nil }
    guard let names, !isOfPods, case .integer(let count) = place.resolved else {
      return
    }
    let pattern = text(node["node"]) ?? "*"
    let known = names.nodes.filter { Wildcard.matches(pattern, $0) }.count
    guard known > 0, count > known else { return }
    reading.at(.key("count")) {
      $0.report(
        .error, at: place, "there are \(known) such nodes",
        remedy: "write at most \(known), or more nodes in `cluster.nodePools`")
    }
  }

  /// Reports a Service that nobody calls: nothing is known of its requests.
  private func isLoaded(_ node: YAMLNode, _ reading: inout Reading) {
    guard let names, let key = key(.service, "service", node), let place = node["service"],
      names.services.contains(key), !scenario.loads.contains(where: { $0.service == key })
    else { return }
    reading.at(.key("service")) {
      $0.report(
        .error, at: place, "no load calls \(key.description)",
        remedy: "add it to `spec.load`: `- {service: \(key.name), curve: {constant: 250}}`")
    }
  }

  private func watch(_ node: YAMLNode, _ before: [YAMLNode], _ reading: inout Reading) {
    demand(.deployment, "deployment", node, &reading)
    if let key = key(.deployment, "deployment", node), let place = node["deployment"],
      before.contains(where: { self.key(.deployment, "deployment", $0) == key })
    {
      reading.at(.key("deployment")) {
        $0.report(
          .error, at: place, "\(key.description) has a guard already",
          remedy: "write all objectives into one guard")
      }
    }
    objectives(node, &reading)
    each("objectives", node, &reading, scrapes)
    each("promql", node, &reading, measurement)
    if scenario.guards.indices.contains(before.count) {
      analyses(scenario.guards[before.count], node, &reading)
      proxies(scenario.guards[before.count], node, &reading)
    }
  }

  func objectives(_ node: YAMLNode, _ reading: inout Reading) {
    each("objectives", node, &reading) { objective, _, reading in
      demand(.service, "service", objective, &reading)
      isLoaded(objective, &reading)
      if let window = span(objective["window"]), window > scenario.duration,
        let place = objective["window"]
      {
        reading.at(.key("window")) {
          $0.report(
            .error, at: place, "the window is longer than the run",
            remedy: "make `duration` longer, or `window` shorter")
        }
      }
    }
  }

  /// Reports what is said of a change where there is none.
  private func needsChange(_ field: String, _ node: YAMLNode, _ reading: inout Reading) {
    guard scenario.changes.isEmpty, let place = node[field] else { return }
    reading.at(.key(field)) {
      $0.report(
        .error, at: place, "there is no change that this could be said of",
        remedy: "add `spec.change`, or expect objectives and invariants")
    }
  }

  private func alert(_ node: YAMLNode, _ before: [YAMLNode], _ reading: inout Reading) {
    guard let name = text(node["alert"]), let place = node["alert"] else { return }
    reading.at(.key("alert")) {
      $0.demand(
        name, isPattern: false, among: scenario.rules.flatMap(\.alertNames),
        "alerts of the rules", at: place)
    }
    needsChange("within", node, &reading)
  }

  private func expect(_ node: YAMLNode, _ before: [YAMLNode], _ reading: inout Reading) {
    if node.mapping?.allSatisfy({ $0.value.isNothing }) ?? false {
      reading.report(
        .error, at: node, "expects nothing, so that no run could fail",
        remedy: "write outcome, objectives or invariants")
    }
    objectives(node, &reading)
    each("alerts", node, &reading, alert)
    each("promql", node, &reading, query)
    for field in ["outcome", "within", "restored"] { needsChange(field, node, &reading) }
    if let felt = node["felt"] {
      reading.at(.key("felt")) { reading in
        objectives(felt, &reading)
        needsChange("longerThan", felt, &reading)
      }
    }
    if let place = node["regret"], scenario.guards.isEmpty {
      reading.at(.key("regret")) {
        $0.report(
          .error, at: place, "nobody decides anything", remedy: "add `spec.guards`, or remove it")
      }
    }
    if let within = span(node["within"]), let place = node["within"],
      let change = scenario.changes.first, change.at < scenario.duration,
      within > scenario.duration - change.at
    {
      reading.at(.key("within")) {
        $0.report(
          .error, at: place, "the run ends earlier after the change",
          remedy: "make `duration` longer, or `within` shorter")
      }
    }
  }
}
