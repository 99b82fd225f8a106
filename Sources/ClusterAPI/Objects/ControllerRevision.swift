/// A template that a StatefulSet or a DaemonSet has or had, under the number of its revision.
public struct ControllerRevision: Hashable, Sendable {
  public var meta: ObjectMeta
  public var template: PodTemplate
  /// Raised when an earlier template is used again.
  public var revision: Int64

  public init(meta: ObjectMeta, template: PodTemplate, revision: Int64) {
    self.meta = meta
    self.template = template
    self.revision = revision
  }
}
