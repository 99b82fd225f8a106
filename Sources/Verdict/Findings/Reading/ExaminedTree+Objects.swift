import ClusterAPI

// What rules ask of the objects of a tree.
extension ExaminedTree {
  /// Whether it has an object of that kind and name; kinds that are kept as they stand have the namespace
  /// that was written, and none is `default`.
  func holds(_ target: ObjectKey) -> Bool {
    objects.contains { object in
      let key = object.key
      return key.kind.name == target.kind.name && key.name == target.name
        && (key.namespace == target.namespace
          || (key.namespace.isEmpty && target.namespace == "default"))
    }
  }

  /// A ConfigMap or Secret.
  func data(_ key: ObjectKey) -> ConfigData? {
    switch object(key) {
    case .configMap(let data)?, .secret(let data)?: data
    default: nil
    }
  }
}

extension ConfigData {
  func has(_ key: String) -> Bool { data[key] != nil || binaryData[key] != nil }

  /// Whether it is a husk that a controller or an administrator fills: a manifest without any data, or a
  /// Secret that a controller writes.
  var isFilledElsewhere: Bool {
    (data.isEmpty && binaryData.isEmpty)
      || meta.annotations.keys.contains { $0.hasPrefix("cert-manager.io/") }
  }
}
