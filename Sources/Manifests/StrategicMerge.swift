import ClusterAPI

extension DocumentValue {
  /// The document with a patch on it, as `kubectl patch --type strategic` does it for what remedies
  /// write: mappings are merged, elements of lists are found by `name`, null removes.
  func merged(_ patch: DocumentValue) -> DocumentValue {
    switch (self, patch) {
    case (.object(var fields), .object(let changes)):
      for change in changes {
        let index = fields.firstIndex { $0.key == change.key }
        switch (index, change.value) {
        case (let index?, .null): fields.remove(at: index)
        case (nil, .null): break
        case (let index?, let value): fields[index].value = fields[index].value.merged(value)
        case (nil, let value): fields.append(.init(change.key, value.withoutNulls))
        }
      }
      return .object(fields)
    case (.list(var elements), .list(let changes))
    where changes.allSatisfy({ $0["name"] != nil }):
      for change in changes {
        if let index = elements.firstIndex(where: { $0["name"] == change["name"] }) {
          elements[index] = elements[index].merged(change)
        } else {
          elements.append(change.withoutNulls)
        }
      }
      return .list(elements)
    default: return patch.withoutNulls
    }
  }

  private var withoutNulls: DocumentValue {
    guard case .object(let fields) = self else { return self }
    return .object(
      fields.filter { $0.value != .null }.map { .init($0.key, $0.value.withoutNulls) })
  }
}
