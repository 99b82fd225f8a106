extension JSON {
  /// A JSON merge patch (RFC 7386): members replace members, `null` takes one away.
  func merging(_ patch: JSON) -> JSON {
    guard case .object(let changes) = patch else { return patch }
    var members: [String: JSON] = [:]
    if case .object(let own) = self { members = own }
    for (key, value) in changes {
      members[key] = value.isNull ? nil : (members[key] ?? .object([:])).merging(value)
    }
    return .object(members)
  }
}
