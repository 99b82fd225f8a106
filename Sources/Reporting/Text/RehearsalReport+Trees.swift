extension RehearsalReport {
  /// What differs between two trees of manifests, and what follows from that alone.
  public struct Trees: Sendable {
    public struct Object: Sendable {
      /// Such as `deployment/web`.
      public var name: String
      /// `added`, `changed` or `removed`.
      public var step: String
      /// Where it stands: `file:line`.
      public var place: String
      /// Such as `spec.replicas: 2 to 3`.
      public var fields: [String]
      /// What applying it comes to, such as `new pods`; nil: nothing to say.
      public var effect: String?
      /// Why the API server refuses it.
      public var refusal: String?

      public init(
        name: String, step: String, place: String, fields: [String], effect: String?,
        refusal: String?
      ) {
        self.name = name
        self.step = step
        self.place = place
        self.fields = fields
        self.effect = effect
        self.refusal = refusal
      }
    }

    /// As it was written on the command line.
    public var base: String
    public var objects: [Object]
    /// Named by workloads and held by neither tree.
    public var assumed: [String]
    public var warnings: [String]
    /// Why something that changes is not rehearsed, a line each.
    public var leftOut: [String]

    public init(
      base: String, objects: [Object], assumed: [String], warnings: [String], leftOut: [String]
    ) {
      self.base = base
      self.objects = objects
      self.assumed = assumed
      self.warnings = warnings
      self.leftOut = leftOut
    }
  }

  /// Fields of one object that the text shows.
  private static let shownFields = 12

  /// What differs, then a rehearsal of each workload.
  public static func text(_ trees: Trees, _ inputs: [Input], color: Bool) -> String {
    let paint = Paint(isOn: color)
    if trees.objects.isEmpty { return "nothing differs from \(trees.base)\n" }
    let counts = ["added", "changed", "removed"].compactMap { step in
      let count = trees.objects.count { $0.step == step }
      return count == 0 ? nil : "\(count) \(step)"
    }
    var text = paint("change from \(trees.base): \(counts.joined(separator: ", "))", .bold) + "\n"
    for object in trees.objects { text += lines(object, paint) }
    if !trees.assumed.isEmpty {
      text += "assumed to exist, for neither tree has it:\n"
      for line in trees.assumed { text += "  \(line)\n" }
    }
    for line in trees.warnings { text += paint("warning: ", .bold) + line + "\n" }
    for line in trees.leftOut { text += "not rehearsed: \(line)\n" }
    for input in inputs { text += "\n" + self.text(input, color: color) }
    return text
  }

  private static func lines(_ object: Trees.Object, _ paint: Paint) -> String {
    let effect = object.effect.map { ": \($0)" } ?? ""
    var text = "  \(object.step) \(object.name) (\(object.place))\(effect)\n"
    if let refusal = object.refusal {
      text += paint(
        "      refused\(object.step == "changed" ? ", stays as it was" : ""): \(refusal)\n", .red)
    }
    for field in object.fields.prefix(shownFields) { text += "      \(field)\n" }
    let rest = object.fields.count - shownFields
    if rest > 0 { text += "      and \(Words.count(rest, "field")) more\n" }
    return text
  }
}
