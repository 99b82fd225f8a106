/// Reads all documents of a YAML text.
///
/// Aliases are expanded and merge keys (`<<`) merged. What Kubernetes' strict decoding would refuse
/// but leaves the text readable is listed in ``Document/problems``.
///
/// - Throws: ``YAMLError`` for what cannot be read, or exceeds the limits.
/// - Complexity: linear in the bytes read and the nodes after expansion of aliases.
public func parse(bytes: [UInt8], limits: Limits = .standard) throws(YAMLError) -> [Document] {
  do {
    return try bytes.withUnsafeBufferPointer { try parse(buffer: $0, limits: limits) }
  } catch let error as YAMLError {
    throw error
  } catch {
    preconditionFailure("reading YAML failed with \(error), which is no YAMLError")
  }
}

/// Reads all documents of a YAML text; see ``parse(bytes:limits:)``.
public func parse(_ text: String, limits: Limits = .standard) throws(YAMLError) -> [Document] {
  try parse(bytes: Array(text.utf8), limits: limits)
}

private func parse(
  buffer: UnsafeBufferPointer<UInt8>, limits: Limits
) throws(YAMLError) -> [Document] {
  guard buffer.count <= limits.maximumBytes else {
    throw YAMLError(
      kind: .tooManyBytes,
      message: "the text has \(buffer.count) bytes, more than \(limits.maximumBytes)",
      mark: .start)
  }
  try checkUTF8(buffer)
  try checkDirectives(buffer)
  let hasMark = buffer.starts(with: [0xEF, 0xBB, 0xBF])
  let text = UnsafeBufferPointer(rebasing: buffer.dropFirst(hasMark ? 3 : 0))
  var reader = try EventReader(bytes: text, skipped: hasMark ? 3 : 0)
  var budget = limits.maximumNodes
  var documents: [Document] = []
  var previousEnd = 0
  while true {
    let event = try reader.next()
    switch event.kind {
    case .streamEnd: return documents
    case .documentStart(let isExplicit):
      guard documents.count < limits.maximumDocuments else {
        throw YAMLError(
          kind: .tooManyDocuments,
          message: "the text has more than \(limits.maximumDocuments) documents",
          mark: event.start)
      }
      var composer = Composer(maximumDepth: limits.maximumDepth, budget: budget)
      let end = try composer.compose(&reader)
      budget = composer.budget
      let headerStart = isExplicit ? event.start.offset : previousEnd
      let header = buffer[headerStart..<max(headerStart, composer.contentStart)]
      documents.append(
        Document(
          root: composer.root, mark: event.start, sourceComment: sourceComment(header),
          problems: composer.problems.sorted { $0.mark < $1.mark }))
      previousEnd = end.offset
    case .documentEnd, .alias, .scalar, .sequenceStart, .mappingStart, .collectionEnd:
      preconditionFailure("event \(event.kind) outside a document")
    }
  }
}

/// The path in a comment line `# Source: path`.
private func sourceComment(_ header: Slice<UnsafeBufferPointer<UInt8>>) -> String? {
  let prefix = Array("# Source: ".utf8)
  for line in header.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D })
  where line.starts(with: prefix) {
    return String(decoding: line.dropFirst(prefix.count), as: UTF8.self)
  }
  return nil
}

/// Refuses a text with thousands of `%TAG` lines: libyaml compares each with all before it.
private func checkDirectives(_ bytes: UnsafeBufferPointer<UInt8>) throws(YAMLError) {
  let maximum = 1000
  var count = 0
  var isLineStart = true
  for index in bytes.indices {
    if isLineStart, bytes[index] == UInt8(ascii: "%") {
      count += 1
      guard count <= maximum else {
        throw YAMLError(
          kind: .syntax, message: "the text has more than \(maximum) directives",
          mark: position(ofByte: index, in: bytes))
      }
    }
    isLineStart = bytes[index] == 0x0A || bytes[index] == 0x0D
  }
}
