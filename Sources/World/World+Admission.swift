import ClusterAPI
import Control
import Units

// What the API server does before it stores an object.
extension World {
  /// Admits the next pod of an owner and charges it to the quotas of its namespace.
  ///
  /// Costs nothing that grows with the number of pods.
  mutating func admitPod(of id: OwnerID) throws(AdmissionError) -> TemplateID {
    let row = admitted(id)
    if let refusal = row.refusal { throw refusal }
    if !admission.quotaRows.isEmpty {
      try charge(row.subject, row.usage, owners[id.index].key.namespace)
    }
    return row.template
  }

  private mutating func admitted(_ id: OwnerID) -> AdmissionState.Row {
    while admission.rows.count <= id.index { admission.rows.append(nil) }
    if let known = admission.rows[id.index], known.generation == admission.generation {
      return known
    }
    let namespace = owners[id.index].key.namespace
    var template = templates[owners[id.index].template.index].template
    var refusal: AdmissionError?
    do throws(AdmissionError) {
      let ranges = limitRanges(namespace)
      LimitRanger.setDefaults(&template.spec, ranges)
      try PriorityAdmission.admit(&template.spec, priorityClasses)
      try LimitRanger.validate(template.spec, ranges)
    } catch {
      refusal = error
    }
    let row = AdmissionState.Row(
      generation: admission.generation, template: intern(template),
      subject: .pod(template.spec), usage: QuotaUsage.of(template.spec), refusal: refusal)
    admission.rows[id.index] = row
    return row
  }

  private func limitRanges(_ namespace: String) -> [LimitRange] {
    var ranges: [LimitRange] = []
    for case .limitRange(let range) in documents where range.meta.namespace == namespace {
      ranges.append(range)
    }
    return ranges.sorted { $0.meta.name < $1.meta.name }
  }

  private var priorityClasses: [PriorityClass] {
    var classes: [PriorityClass] = []
    for case .priorityClass(let each) in documents { classes.append(each) }
    return classes
  }

  /// Pods that are created from now on are admitted anew.
  mutating func admissionRulesChange(with kind: ClusterAPI.Kind) {
    if kind == .limitRange || kind == .priorityClass { admission.generation += 1 }
  }

  /// Why an object must not be stored, nil when it may; a new one is charged to quotas.
  mutating func refusal(of object: ClusterObject, isNew: Bool = true) -> Refusal? {
    do throws(AdmissionError) {
      if case .priorityClass(let each) = object {
        try PriorityAdmission.validate(each, priorityClasses)
      }
      if isNew, !admission.quotaRows.isEmpty {
        try charge(.object(object), QuotaUsage.of(object), object.key.namespace)
      }
      return nil
    } catch {
      return .forbidden(error.forbidden(QuotaUsage.resource(object.kind), object.key.name))
    }
  }

  private mutating func charge(
    _ subject: QuotaAdmission.Subject, _ usage: ResourceList, _ namespace: String
  ) throws(AdmissionError) {
    let rows = admission.quotaRows.enumerated().compactMap { index, quota in
      quota.flatMap { $0.meta.namespace == namespace ? (id: ResourceQuotaID(index), $0) : nil }
    }
    if rows.isEmpty { return }
    let charged = try QuotaAdmission.admit(
      subject, usage: usage, quotas: rows.map(\.1))
    for (row, used) in zip(rows, charged) {
      guard let used else { continue }
      var quota = row.1
      quota.status.used = used
      write(row.id, quota)
    }
  }
}
