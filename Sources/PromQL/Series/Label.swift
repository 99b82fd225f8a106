/// A name and its value; two are the same when their bytes in UTF-8 are, as in Prometheus.
public struct Label: Sendable {
  public var name: String
  public var value: String

  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

extension Label: Hashable {
  public static func == (a: Label, b: Label) -> Bool {
    a.name.utf8.elementsEqual(b.name.utf8) && a.value.utf8.elementsEqual(b.value.utf8)
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(Labels([self])) }
}
