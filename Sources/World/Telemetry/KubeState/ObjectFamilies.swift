/// The families of one kind of object: how their names begin, and the labels that name the object.
struct ObjectFamilies: Sendable {
  let prefix: String
  let labels: [String]

  init(_ prefix: String, _ labels: [String]) {
    self.prefix = prefix
    self.labels = labels
  }

  func name(_ suffix: String) -> String { suffix.isEmpty ? prefix : "\(prefix)_\(suffix)" }

  func gauge(_ suffix: String, _ help: String, _ more: [String] = []) -> MetricFamily {
    MetricFamily(name: name(suffix), kind: .gauge, help: help, labels: labels + more)
  }

  func counter(_ suffix: String, _ help: String, _ more: [String] = []) -> MetricFamily {
    MetricFamily(name: name(suffix), kind: .counter, help: help, labels: labels + more)
  }

  var created: MetricFamily { gauge("created", "when the object was created, in Unix seconds") }

  var generation: MetricFamily {
    gauge("metadata_generation", "the generation of the spec, which each change of it raises")
  }

  var observedGeneration: MetricFamily {
    gauge("status_observed_generation", "the generation of the spec that the status is about")
  }

  var kubernetesLabels: MetricFamily {
    gauge("labels", "1; the allowed labels of the object, in snake case", ["label_*"])
  }

  var owner: MetricFamily {
    gauge(
      "owner", "1; who owns the object, with empty labels where nobody does",
      ["owner_kind", "owner_name", "owner_is_controller"])
  }
}
