import Manifests
import Verdict
import World

/// The keys of `wavetank.yaml`.
enum RehearsalSettingsTable {
  static let document = Table<RehearsalSettings> {
    $0.key(
      "apiVersion", \.apiVersion, .word(of: ["wavetank.dev/v1"]), required: true,
      "always wavetank.dev/v1")
    $0.key("kind", \.kind, .word(of: ["Rehearsal"]), required: true, "always Rehearsal")
    $0.key(
      "images", \.images, .list(of: .object(ImageProfile(match: "*"), ImageTable.table)),
      "what manifests cannot say of images, as in a scenario; the first that matches applies")
    $0.key(
      "load", \.loads, .list(of: .object(RehearsalSettings.Load(), load)),
      "who is called how often; else half of what the pods can serve, at most 500 in a second")
    $0.key(
      "nodePools", \.nodePools,
      .list(of: .object(Scenario.NodePool(), NodePoolTable.table)),
      "the cluster's nodes, as in a scenario; else inferred from what the manifests ask for")
    $0.key(
      "accept", \.accepted, .list(of: .object(RehearsalSettings.Acceptance(), acceptance)),
      "findings that are known and lived with: they do not fail a rehearsal")
  }

  private static let load = Table<RehearsalSettings.Load> {
    $0.key("service", \.service, .string, required: true, "which Service")
    $0.key("namespace", \.namespace, .string, "its namespace; default: default")
    $0.key(
      "rate", \.rate, .integer(in: 0...100_000), required: true, "requests in a second")
  }

  private static let acceptance = Table<RehearsalSettings.Acceptance> {
    $0.key(
      "id", \.id, .word(of: FindingCatalog.all.map { $0.id }), required: true, "of the finding")
    $0.key("object", \.object, .string, "such as deployment/web; without it every object")
    $0.key("reason", \.reason, .string, required: true, "why")
  }
}
