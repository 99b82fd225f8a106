import Manifests

/// What may be written in `wavetank.yaml`, from the table that reads it.
public enum RehearsalSettingsSchema {
  /// JSON Schema of draft 2020-12.
  public static var json: String {
    RehearsalSettingsTable.document.shape.jsonSchema(
      id: "https://wavetank.dev/schema/v1/rehearsal.json", title: "Wavetank rehearsal settings",
      description: "What manifests cannot tell a rehearsal, and which findings are accepted.",
      isStrict: true
    ).json
  }

  /// The reference page in Markdown.
  public static var reference: String {
    RehearsalSettingsTable.document.shape.reference(
      title: "wavetank.yaml",
      introduction: """
        One YAML document of `kind: Rehearsal` beside the manifests, or where `--settings` says;
        `wavetank init -f FOLDER` writes one with everything that is assumed without it. An unknown
        field is an error.

        This page is made by `wavetank schema --of settings --output markdown > docs/settings.md`.
        """)
  }
}
