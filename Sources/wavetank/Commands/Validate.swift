import ClusterAPI
import Manifests

/// `wavetank validate`: what of the manifests can be read, and what of it is simulated.
enum Validate {
  static func run(_ arguments: [String]) -> Int32 {
    var paths: [String] = []
    var isQuiet = false
    var isJSON = false
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      switch argument {
      case "--quiet": isQuiet = true
      case "-f":
        guard let path = rest.popFirst() else { return WrongInput.say("-f needs a path") }
        paths.append(path)
      case "--output":
        let form = rest.popFirst() ?? ""
        guard ["json", "text"].contains(form) else {
          return WrongInput.say("--output cannot be `\(form)`", in: ["json", "text"], for: form)
        }
        isJSON = form == "json"
      case _ where argument.hasPrefix("-") && argument != "-":
        return WrongInput.say(
          "unknown option `\(argument)`", in: ["--output", "--quiet", "-f"], for: argument)
      default: paths.append(argument)
      }
    }
    if paths.isEmpty { return WrongInput.say("validate needs a file or folder") }
    guard let set = ManifestInput.read(paths) else { return 2 }
    if set.counts.files == 0 {
      return WrongInput.say(
        "no manifest below \(paths.joined(separator: ", ")): no file ends in "
          + ManifestFiles.extensions.map { ".\($0)" }.joined(separator: ", "))
    }
    if isJSON {
      print(ValidationReport.json(set))
    } else {
      for diagnostic in set.diagnostics where !isQuiet || diagnostic.severity != .note {
        print(diagnostic.description)
      }
      print(ValidationReport.text(set))
    }
    return set.hasErrors ? 2 : 0
  }
}
