/// A collection that has started and not yet ended.
struct Frame {
  enum Shape { case sequence, mapping }

  let shape: Shape
  let mark: Mark
  let anchor: String?
  let tag: String?
  /// Itself and all nodes inside so far.
  private(set) var count = 1
  /// How many levels of collections it has so far, itself included.
  private(set) var height = 1

  private var nodes: [Node] = []
  private var pairs: [(key: Node, value: Node)] = []
  private var key: Node?

  init(shape: Shape, mark: Mark, anchor: String?, tag: String?) {
    self.shape = shape
    self.mark = mark
    self.anchor = anchor
    self.tag = tag
  }

  mutating func add(_ child: Anchored) {
    count += child.count
    height = max(height, child.height + 1)
    switch (shape, key) {
    case (.sequence, _): nodes.append(child.node)
    case (.mapping, nil): key = child.node
    case (.mapping, let key?):
      pairs.append((key: key, value: child.node))
      self.key = nil
    }
  }

  /// The finished node, and what is wrong with its keys.
  func complete() -> (node: Node, problems: [Problem]) {
    switch shape {
    case .sequence:
      return (Node(value: .sequence(nodes), mark: mark, tag: tag), [])
    case .mapping:
      var keys = Keys()
      for pair in pairs where !isMerge(pair.key) { keys.insert(pair) }
      // What the mapping itself says wins over what it merges, earlier merges over later ones.
      for pair in pairs where isMerge(pair.key) { keys.merge(pair.value) }
      return (Node(value: .mapping(keys.pairs), mark: mark, tag: tag), keys.problems)
    }
  }

  private func isMerge(_ key: Node) -> Bool {
    guard case .scalar(let scalar) = key.value else { return false }
    return scalar.style == .plain && scalar.text == "<<" && key.tag == nil
  }
}

/// The pairs of a mapping, each key once.
private struct Keys {
  private(set) var pairs: [(key: Node, value: Node)] = []
  private(set) var problems: [Problem] = []
  private var indices: [String: Int] = [:]

  mutating func insert(_ pair: (key: Node, value: Node)) {
    guard let text = pair.key.keyText else {
      problems.append(
        Problem(
          kind: .unsupportedKey, message: "a key must be a scalar, this is a \(pair.key.typeName)",
          mark: pair.key.mark))
      pairs.append(pair)
      return
    }
    if let index = indices[text] {
      problems.append(
        Problem(
          kind: .duplicateKey(first: pairs[index].key.mark),
          message: "key \"\(text.excerpt)\" is already set at \(pairs[index].key.mark)",
          mark: pair.key.mark))
      pairs[index].value = pair.value
    } else {
      indices[text] = pairs.count
      pairs.append(pair)
    }
  }

  mutating func merge(_ node: Node) {
    switch node.value {
    case .mapping(let merged): mergePairs(merged)
    case .sequence(let nodes):
      for node in nodes {
        if case .mapping(let merged) = node.value {
          mergePairs(merged)
        } else {
          refuse(node)
        }
      }
    case .scalar: refuse(node)
    }
  }

  private mutating func mergePairs(_ merged: [(key: Node, value: Node)]) {
    for pair in merged {
      guard let text = pair.key.keyText, indices[text] == nil else { continue }
      indices[text] = pairs.count
      pairs.append(pair)
    }
  }

  private mutating func refuse(_ node: Node) {
    problems.append(
      Problem(
        kind: .badMerge,
        message: "<< merges a mapping or a sequence of mappings, this is a \(node.typeName)",
        mark: node.mark))
  }
}
