import Manifests

/// `wavetank validate`: what of the manifests can be read, and what of it is simulated.
enum Validate {
  static func run(_ arguments: [String]) -> Int32 {
    if let option = arguments.first(where: { $0.hasPrefix("-") && $0 != "-" && $0 != "--quiet" }) {
      return WrongInput.say("unknown option `\(option)`", in: ["--quiet"], for: option)
    }
    let paths = arguments.filter { $0 != "--quiet" }
    if paths.isEmpty { return WrongInput.say("validate needs a file or folder") }
    guard let set = ManifestInput.read(paths) else { return 2 }
    let quiet = arguments.contains("--quiet")
    for diagnostic in set.diagnostics where !quiet || diagnostic.severity != .note {
      print(diagnostic.description)
    }
    func list(_ simulated: Bool) -> String {
      let kinds = set.kinds(simulated: simulated).map { "\($0.name) \($0.count)" }
      return kinds.isEmpty ? "none" : kinds.joined(separator: ", ")
    }
    print("read: \(set.objects.count) objects, rejected: \(set.rejectedCount) documents")
    print("simulated: \(list(true))")
    print("kept, not simulated: \(list(false))")
    print("keys: \(set.consumedKeys) read, \(set.reportedKeys) kept and reported")
    return set.hasErrors ? 2 : 0
  }
}
