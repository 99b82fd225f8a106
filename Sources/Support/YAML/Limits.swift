/// How much a text may demand before it is refused.
///
/// Parsing takes time linear in the bytes read plus the nodes kept, and memory within
/// `maximumBytes` + `maximumNodes`, whatever the text says: an alias shares the storage of its
/// anchor, and each expansion counts as all nodes that it stands for.
public struct Limits: Sendable, Hashable {
  /// The size of the text, in bytes.
  public var maximumBytes: Int
  /// How deep collections nest, aliases expanded. Also bounds the recursion of whoever walks the
  /// result.
  public var maximumDepth: Int
  /// How many nodes all documents of the text have together, aliases expanded; a scalar counts once
  /// more for each 256 bytes, so that aliases of a long one are bounded too.
  public var maximumNodes: Int
  /// How many documents the text has.
  public var maximumDocuments: Int

  public init(
    maximumBytes: Int = 16 << 20, maximumDepth: Int = 200, maximumNodes: Int = 1_000_000,
    maximumDocuments: Int = 100_000
  ) {
    self.maximumBytes = maximumBytes
    self.maximumDepth = maximumDepth
    self.maximumNodes = maximumNodes
    self.maximumDocuments = maximumDocuments
  }

  static let bytesPerNode = 256

  public static let standard = Limits()
}
