/// Why an admission plugin refuses an object, in Kubernetes' words.
public struct AdmissionError: Error, Hashable, Sendable {
  public var message: String

  public init(_ message: String) { self.message = message }

  /// Several reasons as one (`utilerrors.NewAggregate`): bracketed when there is more than one,
  /// none twice.
  init?(all messages: [String]) {
    var unique: [String] = []
    for message in messages where !unique.contains(message) { unique.append(message) }
    guard let first = unique.first else { return nil }
    self.init(unique.count == 1 ? first : "[" + unique.joined(separator: ", ") + "]")
  }

  /// What the API server answers (403, `admission.NewForbidden`).
  ///
  /// - Parameters:
  ///   - resource: with its group, as in `replicasets.apps`.
  ///   - name: of the object.
  public func forbidden(_ resource: String, _ name: String) -> String {
    "\(resource) \"\(name)\" is forbidden: \(message)"
  }
}
