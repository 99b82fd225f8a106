import ClusterAPI
import Foundation
import Harness
import Manifests
import Units

/// `wavetank rehearse`: rolls a change of the user's own manifests out under several failures.
enum Rehearse {
  struct Options {
    var files: [String] = []
    var deployment = ""
    var image = ""
    var seeds = 5
    var json = false
  }

  static func run(_ arguments: [String]) -> Int32 {
    var options = Options()
    var rest = arguments[...]
    while let option = rest.popFirst() {
      if option == "--output" {
        guard let format = rest.popFirst(), ["json", "text"].contains(format) else {
          return WrongInput.say("--output needs json or text")
        }
        options.json = format == "json"
        continue
      }
      let known = ["-f", "--filename", "--set-image", "--seeds"]
      guard known.contains(option) else {
        return WrongInput.say("unknown option `\(option)`", in: known + ["--output"], for: option)
      }
      guard let value = rest.popFirst() else { return WrongInput.say("\(option) needs a value") }
      switch option {
      case "--set-image":
        let parts = value.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2 else {
          return WrongInput.say("--set-image is `\(value)`; write DEPLOYMENT=IMAGE")
        }
        (options.deployment, options.image) = (parts[0], parts[1])
      case "--seeds":
        guard let seeds = Int(value), (1...10_000).contains(seeds) else {
          return WrongInput.say("--seeds is `\(value)`; write a number from 1 to 10000")
        }
        options.seeds = seeds
      default: options.files.append(value)
      }
    }
    guard !options.files.isEmpty, !options.deployment.isEmpty else {
      return WrongInput.say("rehearse needs -f PATH and --set-image DEPLOYMENT=IMAGE")
    }
    return rehearse(options)
  }

  private static func rehearse(_ options: Options) -> Int32 {
    guard let set = ManifestInput.read(options.files) else { return 2 }
    for diagnostic in set.diagnostics where diagnostic.severity == .error {
      FileHandle.standardError.write(Data("\(diagnostic.description)\n".utf8))
    }
    if set.hasErrors { return 2 }
    let deployments = set.objects.compactMap { object -> Deployment? in
      if case .deployment(let deployment) = object { deployment } else { nil }
    }
    let names = deployments.map(\.meta.name)
    guard let deployment = deployments.first(where: { $0.meta.name == options.deployment })
    else {
      return WrongInput.say(
        "no Deployment `\(options.deployment)` in the manifests", in: names,
        for: options.deployment)
    }
    if deployment.spec.template.spec.containers[0].image == options.image {
      return WrongInput.say(
        "deployment/\(options.deployment) has the image \(options.image) already")
    }
    let rehearsal = Rehearsal(
      objects: set.objects, deployment: deployment, image: options.image,
      seeds: options.seeds)
    let terminal = isatty(STDERR_FILENO) == 1
    let runs = rehearsal.run { done, total in
      guard terminal else { return }
      FileHandle.standardError.write(
        Data("\rrehearsing \(done)/\(total)\(done == total ? "\n" : "")".utf8))
    }
    if options.json {
      RehearsalReport.json(runs)
    } else {
      RehearsalReport.text(rehearsal, set, runs)
    }
    let failed = runs.contains { run in
      run.restored == false || (run.situation == .healthyChange && !run.complete)
    }
    return failed ? 1 : 0
  }
}
