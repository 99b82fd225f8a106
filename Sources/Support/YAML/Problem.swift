/// A fault of a document that leaves it readable: all of them are listed, none stops the parser.
public struct Problem: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// The key stands twice in one mapping; the later value is kept, as Kubernetes keeps it.
    case duplicateKey(first: Mark)
    /// A key that is a sequence, a mapping, or null: JSON objects have none of these.
    case unsupportedKey
    /// `<<` whose value is neither a mapping nor a sequence of mappings.
    case badMerge
    /// A value that does not have the type of its explicit tag, or a tag that cannot be decoded.
    case badTag
  }

  public var kind: Kind
  public var message: String
  public var mark: Mark

  public init(kind: Kind, message: String, mark: Mark) {
    self.kind = kind
    self.message = message
    self.mark = mark
  }
}

/// Why a text could not be read as YAML.
public struct YAMLError: Error, Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    /// The text breaks YAML's grammar, or holds characters that YAML forbids.
    case syntax
    /// The bytes are not UTF-8.
    case notUTF8
    /// An alias without an anchor before it, or inside the very node that it names.
    case badAlias
    /// More bytes than ``Limits/maximumBytes``.
    case tooManyBytes
    /// Nested deeper than ``Limits/maximumDepth``, aliases expanded.
    case tooDeep
    /// More nodes than ``Limits/maximumNodes``, aliases expanded.
    case tooManyNodes
    /// More documents than ``Limits/maximumDocuments``.
    case tooManyDocuments
    /// Memory ran out inside the parser.
    case outOfMemory
  }

  public var kind: Kind
  public var message: String
  public var mark: Mark

  public init(kind: Kind, message: String, mark: Mark) {
    self.kind = kind
    self.message = message
    self.mark = mark
  }
}

extension YAMLError: CustomStringConvertible {
  public var description: String { "\(mark): \(message)" }
}

extension String {
  /// The text cut to the length that a message bears.
  var excerpt: String {
    let head = unicodeScalars.prefix(61)
    return head.count > 60 ? String(head.prefix(57)) + "..." : self
  }
}
