/// Things under way, numbered in the order in which they began; each is taken out when it is done.
///
/// Numbers are never used again, yet only those are stored that lie at or after the oldest one that
/// is under way, so that what has long been done costs nothing, a fork included.
public struct Slots<Element: Sendable>: Sendable {
  @usableFromInline var items: [Element?] = []
  /// Items before this are done.
  @usableFromInline var head = 0
  /// Number of `items[0]`.
  @usableFromInline var base = 0

  @inlinable public init() {}

  /// How many have ever begun.
  @inlinable public var begun: Int { base + items.count }

  /// - Returns: the number of what begins.
  @inlinable
  public mutating func append(_ element: Element) -> Int {
    items.append(element)
    return base + items.count - 1
  }

  /// What is under way under a number; traps when it is done or has not begun.
  @inlinable
  public subscript(number: Int) -> Element {
    get {
      guard let element = items[number - base] else { preconditionFailure("\(number) is done") }
      return element
    }
    set {
      precondition(items[number - base] != nil, "\(number) is done")
      items[number - base] = newValue
    }
  }

  /// All that is under way, the oldest first.
  @inlinable public var underWay: [Element] { items[head...].compactMap { $0 } }

  /// Takes out what is done.
  @inlinable
  public mutating func take(_ number: Int) -> Element {
    guard let element = items[number - base].take() else {
      preconditionFailure("\(number) is done already")
    }
    while head < items.count, items[head] == nil { head += 1 }
    if head >= 64 && head &<< 1 >= items.count {
      items.removeFirst(head)
      base += head
      head = 0
    }
    return element
  }

  /// Changes all that is under way.
  @inlinable
  public mutating func update(_ change: (inout Element) -> Void) {
    for index in head..<items.count {
      guard var element = items[index].take() else { continue }
      change(&element)
      items[index] = element
    }
  }
}
