import Harness

/// `wavetank schema`: what may be written in a scenario file.
enum Schema {
  static func run(_ arguments: [String]) -> Int32 {
    var form = "json"
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      guard argument == "--output" else {
        return WrongInput.say("unknown option `\(argument)`", in: ["--output"], for: argument)
      }
      form = rest.popFirst() ?? ""
      guard ["json", "markdown"].contains(form) else {
        return WrongInput.say(
          "--output cannot be `\(form)`", in: ["json", "markdown"], for: form)
      }
    }
    let text = form == "json" ? ScenarioSchema.json + "\n" : ScenarioSchema.reference
    print(text, terminator: "")
    return 0
  }
}
