/// What a workload makes its pods from; two templates are the same revision when they are equal.
///
/// A value like any other, yet behind one word: workloads and their ReplicaSets are copied all the time
/// and their template hardly ever changes, so copies share it, and what is shared is equal at a glance.
public struct PodTemplate: Hashable, Sendable {
  @usableFromInline
  struct Content: Hashable, Sendable {
    @usableFromInline var labels: Labels
    @usableFromInline var annotations: Labels
    @usableFromInline var spec: PodSpec
    @usableFromInline var unmodelled: [UnmodelledField]
  }

  /// Never changed: a change of the template makes another.
  @usableFromInline
  final class Box: Sendable {
    @usableFromInline let content: Content

    init(_ content: Content) { self.content = content }
  }

  @usableFromInline var box: Box

  public init(
    labels: Labels = [:], annotations: Labels = [:], spec: PodSpec,
    unmodelled: [UnmodelledField] = []
  ) {
    box = Box(
      Content(labels: labels, annotations: annotations, spec: spec, unmodelled: unmodelled))
  }

  public var labels: Labels {
    @inlinable _read { yield box.content.labels }
    set { change { $0.labels = newValue } }
  }

  public var annotations: Labels {
    @inlinable _read { yield box.content.annotations }
    set { change { $0.annotations = newValue } }
  }

  public var spec: PodSpec {
    @inlinable _read { yield box.content.spec }
    set { change { $0.spec = newValue } }
  }

  /// Fields of the template that are kept but not simulated; a change of one is a new revision too.
  public var unmodelled: [UnmodelledField] {
    @inlinable _read { yield box.content.unmodelled }
    set { change { $0.unmodelled = newValue } }
  }

  private mutating func change(_ body: (inout Content) -> Void) {
    var content = box.content
    body(&content)
    box = Box(content)
  }

  public static func == (a: PodTemplate, b: PodTemplate) -> Bool {
    a.box === b.box || a.box.content == b.box.content
  }

  public func hash(into hasher: inout Hasher) { box.content.hash(into: &hasher) }
}

/// Shows the fields, as of a structure: names of revisions depend on the text.
extension PodTemplate: CustomReflectable {
  public var customMirror: Mirror {
    Mirror(
      self,
      children: [
        "labels": labels, "annotations": annotations, "spec": spec, "unmodelled": unmodelled,
      ], displayStyle: .struct)
  }
}
