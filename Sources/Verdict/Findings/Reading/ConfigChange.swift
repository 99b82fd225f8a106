import ClusterAPI

/// A ConfigMap or Secret that keeps its name and gets other data, as a workload that reads it sees it.
struct ConfigChange {
  enum Reading { case environment, volume }

  var key: ObjectKey
  /// Keys whose values differ.
  var keys: [String]
  var readings: Set<Reading>

  /// All that a workload of the new tree reads.
  static func all(from base: ExaminedWorkload, to head: ExaminedWorkload) -> [ConfigChange] {
    var found: [ConfigChange] = []
    for (target, reading) in targets(head.spec) {
      let key = ObjectKey(target.kind, namespace: head.namespace, name: target.name)
      guard let old = base.tree.data(key), let new = head.tree.data(key) else { continue }
      var keys = difference(old, new)
      if let field = target.key { keys = keys.filter { $0 == field } }
      if keys.isEmpty { continue }
      if let index = found.firstIndex(where: { $0.key == key }) {
        found[index].readings.insert(reading)
        found[index].keys += keys.filter { !found[index].keys.contains($0) }
      } else {
        found.append(ConfigChange(key: key, keys: keys, readings: [reading]))
      }
    }
    return found
  }

  private typealias Target = (kind: Kind, name: String, key: String?)

  private static func targets(_ spec: PodSpec) -> [(Target, Reading)] {
    var found: [(Target, Reading)] = []
    for container in spec.initContainers + spec.containers {
      for reference in container.environmentFrom {
        found.append(((reference.kind, reference.name, nil), .environment))
      }
      for variable in container.environment {
        switch variable.source {
        case .configMapKey(let name, let key, _):
          found.append(((.configMap, name, key), .environment))
        case .secretKey(let name, let key, _): found.append(((.secret, name, key), .environment))
        case .value, .field, .resource: break
        }
      }
    }
    for volume in spec.volumes {
      guard case .reference(let reference) = volume.source else { continue }
      found.append(((reference.kind, reference.name, nil), .volume))
    }
    return found
  }

  private static func difference(_ old: ConfigData, _ new: ConfigData) -> [String] {
    let names = Set(old.data.keys + new.data.keys + old.binaryData.keys + new.binaryData.keys)
    return names.sorted().filter {
      old.data[$0] != new.data[$0] || old.binaryData[$0] != new.binaryData[$0]
    }
  }

  /// `log.level, port and 3 more`
  var words: String {
    keys.count <= 3
      ? keys.joined(separator: ", ")
      : "\(keys.prefix(2).joined(separator: ", ")) and \(keys.count - 2) more"
  }
}
