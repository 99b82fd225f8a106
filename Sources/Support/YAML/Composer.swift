/// Builds the nodes of one document out of events, on a stack of its own instead of recursion.
struct Composer {
  private(set) var root: Node?
  private(set) var problems: [Problem] = []
  /// How many more nodes the text may have.
  private(set) var budget: Int
  /// The byte at which the content starts: what is before it are comments.
  private(set) var contentStart = 0

  private let maximumDepth: Int
  private var stack: [Frame] = []
  private var anchors: [String: Anchored?] = [:]

  init(maximumDepth: Int, budget: Int) {
    self.maximumDepth = maximumDepth
    self.budget = budget
  }

  /// Reads up to the end of the document, and answers where that is.
  mutating func compose(_ reader: inout EventReader) throws(YAMLError) -> Mark {
    var isFirst = true
    while true {
      let event = try reader.next()
      if isFirst {
        contentStart = event.start.offset
        isFirst = false
      }
      switch event.kind {
      case .scalar(let scalar, let anchor, let tag):
        let count = 1 + scalar.text.utf8.count / Limits.bytesPerNode
        try spend(count, at: event.start)
        let node = Node(value: .scalar(scalar), mark: event.start, tag: tag == "!" ? nil : tag)
        check(scalar, tag: tag, at: event.start)
        let complete = Anchored(
          node: tag == "!" ? node.asString : node, count: count, height: 0)
        finish(complete, anchor: anchor, isAbsent: isAbsent(scalar, anchor: anchor, tag: tag))
      case .sequenceStart(let anchor, let tag):
        try push(Frame(shape: .sequence, mark: event.start, anchor: anchor, tag: tag))
      case .mappingStart(let anchor, let tag):
        try push(Frame(shape: .mapping, mark: event.start, anchor: anchor, tag: tag))
      case .alias(let name):
        finish(try resolve(alias: name, at: event.start), anchor: nil)
      case .collectionEnd:
        guard let frame = stack.popLast() else {
          preconditionFailure("a collection ends at \(event.start) where none is open")
        }
        let (node, found) = frame.complete()
        problems += found
        finish(
          Anchored(node: node, count: frame.count, height: frame.height), anchor: frame.anchor)
      case .documentEnd:
        return event.end
      case .documentStart, .streamEnd:
        preconditionFailure("event \(event.kind) inside a document")
      }
    }
  }

  private mutating func push(_ frame: Frame) throws(YAMLError) {
    try spend(1, at: frame.mark)
    stack.append(frame)
    try checkDepth(stack.count, at: frame.mark)
    if let anchor = frame.anchor { anchors.updateValue(nil, forKey: anchor) }
  }

  private mutating func finish(_ complete: Anchored, anchor: String?, isAbsent: Bool = false) {
    if let anchor { anchors.updateValue(complete, forKey: anchor) }
    if stack.isEmpty {
      root = isAbsent ? nil : complete.node
    } else {
      stack[stack.count - 1].add(complete)
    }
  }

  private mutating func resolve(alias: String, at mark: Mark) throws(YAMLError) -> Anchored {
    guard let known = anchors[alias] else {
      throw YAMLError(
        kind: .badAlias, message: "alias *\(alias.excerpt) has no anchor before it", mark: mark)
    }
    guard let anchored = known else {
      throw YAMLError(
        kind: .badAlias, message: "alias *\(alias.excerpt) stands inside the node that it names",
        mark: mark)
    }
    try spend(anchored.count, at: mark)
    try checkDepth(stack.count + anchored.height, at: mark)
    return anchored
  }

  private mutating func spend(_ count: Int, at mark: Mark) throws(YAMLError) {
    guard count <= budget else {
      throw YAMLError(
        kind: .tooManyNodes, message: "too many nodes, aliases expanded", mark: mark)
    }
    budget -= count
  }

  private func checkDepth(_ depth: Int, at mark: Mark) throws(YAMLError) {
    guard depth <= maximumDepth else {
      throw YAMLError(
        kind: .tooDeep, message: "nested deeper than \(maximumDepth) levels", mark: mark)
    }
  }

  private func isAbsent(_ scalar: Scalar, anchor: String?, tag: String?) -> Bool {
    scalar.text.isEmpty && scalar.style == .plain && anchor == nil && tag == nil
  }

  private mutating func check(_ scalar: Scalar, tag: String?, at mark: Mark) {
    guard let tag, tag.hasPrefix(Tag.prefix) else { return }
    let isFit =
      switch (tag, resolvePlain(scalar.text)) {
      case (Tag.int, .integer), (Tag.int, .unsigned), (Tag.float, .float), (Tag.float, .integer),
        (Tag.bool, .boolean), (Tag.null, .null):
        true
      case (Tag.int, _), (Tag.float, _), (Tag.bool, _), (Tag.null, _), (Tag.binary, _): false
      default: true
      }
    if !isFit {
      let name = "!!" + tag.dropFirst(Tag.prefix.utf8.count)
      problems.append(
        Problem(
          kind: .badTag, message: "cannot decode `\(scalar.text.excerpt)` as \(name)", mark: mark))
    }
  }
}

/// A complete node and what its expansion costs.
struct Anchored {
  var node: Node
  /// Itself and all nodes inside.
  var count: Int
  /// How many levels of collections it has.
  var height: Int
}

extension Node {
  /// The scalar under the non-specific tag `!`, which says: a string.
  fileprivate var asString: Node {
    guard case .scalar(var scalar) = value, scalar.style == .plain else { return self }
    scalar.style = .doubleQuoted
    return Node(value: .scalar(scalar), mark: mark)
  }
}
