import Chaos
import ClusterAPI
import Manifests
import Units
import YAML

/// `spec.faults`: the keys besides `at`, `for` and `kind` are the parameters of the kind.
enum FaultTable {
  private struct Draft: Sendable {
    var at = Span.zero
    var duration: Span?
    var kind = ""
    var values = FaultValues()
  }

  static let kinds = FaultCatalog.all.map { $0.kind }

  private static let shape = Shape.either(
    FaultCatalog.all.map { type in
      guard case .object(var fields) = table(type).shape else {
        preconditionFailure("the table of \(type.kind) has the shape of no mapping")
      }
      for index in fields.indices where fields[index].key == "kind" {
        fields[index].shape = .word([type.kind])
      }
      return .object(fields)
    })

  static let fault = Codec<Scenario.TimedFault>(shape: shape) { node, reading in
    guard node.mapping != nil else {
      reading.reportWrongType(node, expected: "a mapping with `at` and `kind`")
      return nil
    }
    guard let kindNode = node["kind"], let kind = Codec.word(of: kinds).read(kindNode, &reading),
      let type = FaultCatalog.fault(kind)
    else {
      if node["kind"] == nil {
        reading.report(
          .error, at: node, "required field is missing",
          remedy: "add `kind:`, one of \(kinds.joined(separator: ", "))")
      }
      return nil
    }
    var draft = Draft()
    reading.read(node, into: &draft, by: table(type))
    return Scenario.TimedFault(
      at: draft.at, duration: draft.duration, kind: kind, values: draft.values)
  }

  private static func table(_ type: any Fault.Type) -> Table<Draft> {
    Table {
      $0.key("at", \.at, .span, required: true, "when it begins")
      $0.key("for", \.duration, .positiveSpan, "how long; default to the end")
      $0.key("kind", \.kind, .string, required: true, "which fault")
      for parameter in type.parameters {
        $0.custom(
          parameter.name, required: parameter.isRequired,
          documentation: parameter.documentation, shape: shape(parameter.form)
        ) { draft, node, reading in
          draft.values[parameter.name] = value(parameter.form, node, &reading)
        }
      }
    }
  }

  private static func shape(_ form: FaultParameter.Form) -> Shape {
    switch form {
    case .image, .name: .string
    case .span: Codec<Span>.span.shape
    case .share: Codec<Ratio>.positiveShare.shape
    case .factor: Codec<Ratio>.factor.shape
    case .count: Codec<Int>.integer(in: 1...65_535).shape
    case .index: Codec<Int>.integer(in: 0...65_535).shape
    case .bytes: Codec<Bytes>.positiveBytes.shape
    }
  }

  private static func value(
    _ form: FaultParameter.Form, _ node: YAMLNode, _ reading: inout Reading
  ) -> FaultValues.Value? {
    switch form {
    case .image, .name: Codec<String>.string.read(node, &reading).map { .text($0) }
    case .span: Codec<Span>.span.read(node, &reading).map { .span($0) }
    case .share: Codec<Ratio>.positiveShare.read(node, &reading).map { .ratio($0) }
    case .factor: Codec<Ratio>.factor.read(node, &reading).map { .ratio($0) }
    case .count: Codec<Int>.integer(in: 1...65_535).read(node, &reading).map { .count($0) }
    case .index: Codec<Int>.integer(in: 0...65_535).read(node, &reading).map { .count($0) }
    case .bytes: Codec<Bytes>.positiveBytes.read(node, &reading).map { .bytes($0) }
    }
  }
}
