/// One value of a YAML document together with the place where it was written.
///
/// Aliases have been replaced by what they stand for, so a node that came through an alias carries
/// the position of its anchor.
public struct Node: Sendable {
  public var value: Value
  public var mark: Mark
  /// The explicit tag in its long form (`tag:yaml.org,2002:str`, `!Ref`), nil where none is written.
  public var tag: String?

  public init(value: Value, mark: Mark, tag: String? = nil) {
    self.value = value
    self.mark = mark
    self.tag = tag
  }
}

/// The three shapes of a YAML node.
public enum Value: Sendable {
  case scalar(Scalar)
  case sequence([Node])
  /// Pairs in the order of the file; each key once, merge keys already merged.
  case mapping([(key: Node, value: Node)])
}

/// The text of a scalar after unescaping and folding, and how it was quoted.
public struct Scalar: Sendable, Hashable {
  public enum Style: Sendable, Hashable {
    case plain, singleQuoted, doubleQuoted, literal, folded
  }

  public var text: String
  public var style: Style

  public init(_ text: String, style: Style = .plain) {
    self.text = text
    self.style = style
  }
}

extension Node {
  /// The scalar, if this node is one.
  public var scalar: Scalar? {
    if case .scalar(let scalar) = value { scalar } else { nil }
  }

  /// The elements, if this node is a sequence.
  public var sequence: [Node]? {
    if case .sequence(let nodes) = value { nodes } else { nil }
  }

  /// The pairs in the order of the file, if this node is a mapping.
  public var mapping: [(key: Node, value: Node)]? {
    if case .mapping(let pairs) = value { pairs } else { nil }
  }

  /// The value under a key of a mapping; nil where the key is absent or this is no mapping.
  ///
  /// - Complexity: linear in the number of pairs.
  public subscript(key: String) -> Node? {
    mapping?.first { $0.key.keyText == key }?.value
  }
}

/// One document of a YAML stream.
public struct Document: Sendable {
  /// The content; nil where the document holds nothing or comments only.
  public var root: Node?
  /// Where the document starts: at its `---`, or at its first token where there is none.
  public var mark: Mark
  /// The path in a leading `# Source: path` comment, as `helm template` writes it.
  public var sourceComment: String?
  /// What Kubernetes' strict decoding would refuse, in the order of the file.
  public var problems: [Problem]

  public init(
    root: Node?, mark: Mark, sourceComment: String? = nil, problems: [Problem] = []
  ) {
    self.root = root
    self.mark = mark
    self.sourceComment = sourceComment
    self.problems = problems
  }
}
