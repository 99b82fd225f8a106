import Foundation
import Testing

/// `wavetank rehearse --base`: two trees of manifests, from folders, git and programs.
@Suite struct TreeTests {
  private static let head = Sandbox.web.replacing("shop/web:v1", with: "shop/web:v2")
  private static let settings = """
    apiVersion: v1
    kind: ConfigMap
    metadata: {name: settings}
    data: {color: blue}
    """

  /// Nothing of it is run, for nothing that runs is changed.
  private static let quick = ["--seeds", "1", "--no-record"]

  private func rehearse(_ words: String..., in sandbox: Sandbox) throws -> Executable.Result {
    try Executable.run(["rehearse"] + words + Self.quick, in: sandbox.folder)
  }

  private func git(_ line: String, in sandbox: Sandbox) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = [
      "-c",
      "export GIT_CONFIG_GLOBAL=/dev/null GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b "
        + "GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b; " + line,
    ]
    process.currentDirectoryURL = URL(fileURLWithPath: sandbox.folder)
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(line)")
  }

  /// A repository whose first commit, tagged v1, has the color blue, and whose work tree has green.
  private func repository(_ body: (Sandbox) throws -> Void) throws {
    try Sandbox.with(["deploy/web.yaml": Sandbox.web, "deploy/settings.yaml": Self.settings]) {
      try git("git init -q . && git add -A && git commit -qm one && git tag v1", in: $0)
      try $0.write(Self.settings.replacing("blue", with: "green"), to: "deploy/settings.yaml")
      try body($0)
    }
  }

  @Test func whatDiffersIsListedAndWhatIsRemovedLeftBehind() throws {
    try Sandbox.with([
      "old/web.yaml": Sandbox.web, "old/settings.yaml": Self.settings, "new/web.yaml": Sandbox.web,
    ]) { sandbox in
      let result = try rehearse("--base", "old", "-f", "new", in: sandbox)
      #expect(result.code == 0, "\(result.errors)")
      #expect(result.output.contains("removed configmap/settings (settings.yaml:1:1): left behind"))
      let pruned = try rehearse("--base", "old", "-f", "new", "--prune", in: sandbox)
      #expect(pruned.output.contains("removed configmap/settings (settings.yaml:1:1): pruned"))
      let equal = try rehearse("--base", "old", "-f", "old", in: sandbox)
      #expect(equal.code == 0 && equal.output == "nothing differs from old\n")
    }
  }

  @Test func aChangedDeploymentIsRehearsed() throws {
    try Sandbox.with(["old.yaml": Sandbox.web, "new.yaml": Self.head]) { sandbox in
      let result = try rehearse(
        "--base", "old.yaml", "-f", "new.yaml", "--output", "json", in: sandbox)
      #expect([0, 1].contains(result.code), "\(result.errors)")
      let whole = try #require(
        try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
      let rehearsals = try #require(whole["rehearsals"] as? [[String: Any]])
      let situations = try #require(rehearsals.first?["situations"] as? [[String: Any]])
      let names = situations.compactMap { $0["name"] as? String }
      #expect(names.contains("healthy-change") && names.contains("never-ready"))
      let healthy = try #require(situations.first { $0["name"] as? String == "healthy-change" })
      #expect(healthy["survived"] as? Bool == true)
    }
  }

  /// The rollback of one is not held against the others.
  @Test func ofSeveralDeploymentsEachIsRehearsed() throws {
    func both(_ tag: String) -> String {
      ["web", "api"].map {
        Sandbox.web.replacing("name: web", with: "name: \($0)").replacing(
          "shop/web:v1", with: "shop/\($0):\(tag)"
        ).replacing("{app: web}", with: "{app: \($0)}")
      }.joined(separator: "\n---\n")
    }
    try Sandbox.with(["old.yaml": both("v1"), "new.yaml": both("v2")]) { sandbox in
      let result = try rehearse("--base", "old.yaml", "-f", "new.yaml", "--guard", in: sandbox)
      #expect(result.output.contains("rehearsal of deployment/api in the change from old.yaml"))
      #expect(result.output.contains("rehearsal of deployment/web in the change from old.yaml"))
      let pulls = result.output.components(separatedBy: "✓ new image cannot be pulled")
      #expect(pulls.count == 3, "\(result.output)")
      #expect(pulls.dropFirst().allSatisfy { $0.contains("✓   with a rollback guard") })
    }
  }

  @Test func aRevisionIsReadWithoutTouchingTheWorkTree() throws {
    try repository { sandbox in
      try git("git status --porcelain > before; cp .git/index index", in: sandbox)
      let result = try rehearse("--base", "v1", "-f", "deploy", in: sandbox)
      #expect(result.code == 0, "\(result.errors)")
      #expect(result.output.contains("data.color: blue to green"), "\(result.output)")
      try git("git status --porcelain > after; cmp .git/index index", in: sandbox)
      let sides = try ["before", "after"].map {
        try String(contentsOfFile: "\(sandbox.folder)/\($0)", encoding: .utf8)
          .split(separator: "\n").filter { $0.hasSuffix(".yaml") }
      }
      #expect(sides[0] == sides[1] && !sides[0].isEmpty)
      // From a folder below the top, and by an absolute path.
      let below = try Executable.run(
        ["rehearse", "--base", "HEAD", "-f", "."] + Self.quick, in: sandbox.folder + "/deploy")
      #expect(below.output.contains("data.color: blue to green"), "\(below.errors)")
      let file = try rehearse(
        "--base", "v1", "-f", "\(sandbox.folder)/deploy/settings.yaml", in: sandbox)
      #expect(file.output.contains("data.color: blue to green"), "\(file.errors)")
    }
  }

  @Test func whatARevisionDoesNotHaveIsNew() throws {
    try repository { sandbox in
      try sandbox.write(Self.settings, to: "extra/settings.yaml")
      let result = try rehearse("--base", "v1", "-f", "extra", in: sandbox)
      #expect(result.errors.contains("extra is not in `v1`"))
      #expect(result.output.contains("added configmap/settings"))
    }
  }

  @Test func anUnknownBaseIsNamedWithWhatToWrite() throws {
    try repository { sandbox in
      let near = try rehearse("--base", "v11", "-f", "deploy", in: sandbox)
      #expect(near.code == 2 && near.errors.contains("did you mean `v1`?"), "\(near.errors)")
      let far = try rehearse("--base", "origin/main", "-f", "deploy", in: sandbox)
      #expect(far.code == 2 && far.errors.contains("git fetch origin"), "\(far.errors)")
      let option = try rehearse("--base=--all", "-f", "deploy", in: sandbox)
      #expect(option.code == 2)
    }
    try Sandbox.with(["web.yaml": Sandbox.web]) { sandbox in
      let result = try rehearse("--base", "v1", "-f", "web.yaml", in: sandbox)
      #expect(result.code == 2 && result.errors.contains("outside a git work tree"))
      #expect(result.output.isEmpty)
    }
  }

  @Test func aProgramIsRunInBothTrees() throws {
    try repository { sandbox in
      let result = try rehearse(
        "--base", "v1", "--render", "cat deploy/web.yaml; echo; echo ---; cat deploy/settings.yaml",
        in: sandbox)
      #expect(result.code == 0, "\(result.errors)")
      #expect(result.output.contains("data.color: blue to green"), "\(result.output)")
      let failed = try rehearse("--base", "v1", "--render", "echo why >&2; exit 3", in: sandbox)
      #expect(failed.code == 2)
      #expect(failed.errors.contains("ended with 3") && failed.errors.contains("why"))
    }
  }

  @Test func aKustomizationIsBuiltOrSaidToBeLeftOut() throws {
    let kustomization = "resources: [settings.yaml]\n"
    try Sandbox.with([
      "old/kustomization.yaml": kustomization, "old/settings.yaml": Self.settings,
      "new/kustomization.yaml": kustomization,
      "new/settings.yaml": Self.settings.replacing("blue", with: "green"),
      "bin/kubectl": "#!/bin/sh\nsed s/settings/built/ $2/settings.yaml\n",
    ]) { sandbox in
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: sandbox.folder + "/bin/kubectl")
      func run(_ path: String) throws -> Executable.Result {
        try Executable.run(
          ["rehearse", "--base", "old", "-f", "new"] + Self.quick, in: sandbox.folder,
          environment: ["PATH": path])
      }
      let built = try run(sandbox.folder + "/bin:/usr/bin:/bin")
      #expect(built.output.contains("changed configmap/built"), "\(built.errors)")
      let plain = try run(sandbox.folder + "/absent")
      #expect(plain.code == 0 && plain.output.contains("changed configmap/settings"))
      #expect(plain.errors.contains("neither kubectl nor kustomize is on the path"))
    }
  }

  @Test func withoutAnyChangeEverythingIsRestarted() throws {
    try Sandbox.with(["web.yaml": Sandbox.web]) { sandbox in
      let result = try rehearse("-f", "web.yaml", in: sandbox)
      #expect(result.output.contains("deployment/web: a restart of every workload"))
      #expect(result.output.contains("✓ healthy change"), "\(result.output)")
      #expect(!result.output.contains("never ready"))
      try sandbox.write(Self.settings, to: "settings.yaml")
      let none = try rehearse("-f", "settings.yaml", in: sandbox)
      #expect(none.code == 2 && none.errors.contains("no workload"))
    }
  }

  @Test func aRefusedUpdateIsSaidAndFails() throws {
    let head = Sandbox.web.replacing("{app: web}", with: "{app: other}")
    try Sandbox.with(["old.yaml": Sandbox.web, "new.yaml": head]) { sandbox in
      let result = try rehearse("--base", "old.yaml", "-f", "new.yaml", in: sandbox)
      #expect(result.code == 1)
      #expect(result.output.contains("refused, stays as it was: spec.selector"))
      #expect(result.output.contains("field is immutable"))
    }
  }

  @Test func whatCannotBeReadIsRefusedAndNotTakenToBeRemoved() throws {
    let wrong = Sandbox.web.replacing("  selector: {matchLabels: {app: web}}\n", with: "")
    try Sandbox.with(["old.yaml": Sandbox.web, "new.yaml": wrong]) { sandbox in
      let head = try rehearse("--base", "old.yaml", "-f", "new.yaml", "--prune", in: sandbox)
      #expect(head.code == 1 && !head.output.contains("pruned"), "\(head.output)")
      #expect(head.output.contains("refused, stays as it was: spec.selector: required"))
      let base = try rehearse("--base", "new.yaml", "-f", "old.yaml", in: sandbox)
      #expect(base.code == 0 && base.output.contains("added deployment/web"), "\(base.output)")
      #expect(base.output.contains("warning: new.yaml has what the API server refuses"))
      try sandbox.write("{", to: "new.yaml")
      let broken = try rehearse("--base", "old.yaml", "-f", "new.yaml", in: sandbox)
      #expect(broken.code == 2 && broken.output.isEmpty)
    }
  }

  @Test func thePageShowsWhatIsPrinted() throws {
    let page = try String(
      contentsOf: Executable.package.appendingPathComponent("docs/rehearse.md"), encoding: .utf8)
    let parts = page.components(separatedBy: "```\n")
    #expect(parts.count == 5)
    let result = try Executable.run(
      ["rehearse", "--base", "examples/trees/base", "-f", "examples/trees/head", "--rate", "10"]
        + Self.quick)
    #expect(result.output.hasPrefix(parts[1]), "\(result.output.prefix(900))")
  }

  /// Diagnostics of a chart's output name the template that is to be changed.
  @Test func helmsSourceIsKnown() throws {
    let chart =
      "# Source: shop/templates/web.yaml\n"
      + Sandbox.web.replacing("replicas: 2", with: "replicas: two")
    try Sandbox.with(["chart.yaml": chart]) { sandbox in
      let result = try rehearse("--base", "chart.yaml", "-f", "chart.yaml", in: sandbox)
      // Refused on both sides: the change does not bring it.
      #expect(result.code == 0, "\(result.errors)")
      #expect(result.errors.contains("(from shop/templates/web.yaml)"), "\(result.errors)")
      try sandbox.write(chart.replacing("two", with: "2"), to: "old.yaml")
      try sandbox.write(
        chart.replacing("two", with: "2") + "\n---\n# Source: shop/templates/a.yaml\n"
          + Self.settings, to: "new.yaml")
      let added = try rehearse("--base", "old.yaml", "-f", "new.yaml", in: sandbox)
      #expect(added.output.contains("added configmap/settings (shop/templates/a.yaml)"))
    }
  }
}
