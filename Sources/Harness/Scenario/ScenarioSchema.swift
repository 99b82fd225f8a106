import Manifests

/// What may be written in a scenario file, from the tables that read it.
public enum ScenarioSchema {
  /// JSON Schema of draft 2020-12, for editors and for checks outside.
  public static var json: String {
    shape.jsonSchema(
      id: "https://wavetank.dev/schema/v1/scenario.json", title: "Wavetank scenario",
      description: "A rehearsal of a change to a simulated cluster, and what must be true of it.",
      isStrict: true
    ).json
  }

  /// The reference page in Markdown.
  public static var reference: String {
    shape.reference(
      title: "Scenario file",
      introduction: """
        One YAML document of `kind: Scenario` to a file; times count from the scenario's start, after
        the warm-up. An unknown field is an error.

        This page is made by `wavetank schema --output markdown > docs/scenario.md`; `wavetank schema`
        prints the JSON Schema for editors.
        """)
  }

  static var shape: Shape {
    // The shape does not depend on the files that a scenario names.
    ScenarioTable.document(ScenarioSource(recorded: [])).shape
  }
}
