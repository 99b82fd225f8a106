import ClusterAPI
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
    var kinds: [String: Int] = [:]
    for item in set.notSimulated { kinds[item.object.kind.name, default: 0] += 1 }
    print("read \(set.items.count) objects, rejected \(set.rejected)")
    print("simulated: \(set.items.count - set.notSimulated.count) (Deployment)")
    let names = kinds.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
    if !names.isEmpty { print("kept, not simulated: \(names.joined(separator: ", "))") }
    print("keys: \(set.consumedKeys) consumed, \(set.reportedKeys) kept and reported")
    return set.hasErrors ? 2 : 0
  }
}
