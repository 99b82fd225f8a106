import PromQL
import Testing

@Suite struct AngleTemplateTests {
  private let fields: [AngleTemplate.Field] = [
    .text("Series", "up"), .texts("GroupBySlice", ["pod", "node"]), .texts("None", []),
    .map("LabelValuesByName", Labels([Label("pod", "a|b"), Label("node", "n")])),
  ]

  @Test(arguments: [
    ("up", "up"),
    ("<<.Series>>{job=~\"{{.x}}\"}[5m]", "up{job=~\"{{.x}}\"}[5m]"),
    ("a <<- .Series ->> b", "aupb"),
    ("<</* of nothing */>>x", "x"),
    ("<<.GroupBySlice>> <<index .GroupBySlice 1>> <<len .GroupBySlice>>", "[pod node] node 2"),
    ("<<range $i, $name := .GroupBySlice>><<if $i>>,<<end>><<$name>><<end>>", "pod,node"),
    ("<<index .LabelValuesByName \"pod\">> <<.LabelValuesByName.node>>", "a|b n"),
    ("<<.LabelValuesByName>>", "map[node:n pod:a|b]"),
    ("<<with .None>>some<<else>>none<<end>>", "none"),
    ("<<define \"x\">>(<<.>>)<<end>><<template \"x\" .Series>>", "(up)"),
    ("1 << 2", nil), ("<<.Series", nil), ("<<value>>", nil), ("<<$labels.pod>>", nil),
    ("<<.Missing>>", nil), ("<<index .GroupBySlice 2>>", nil), ("<<range .Series>><<end>>", nil),
    ("<<.GroupBySlice.x>>", nil), ("<<len .>>", nil), ("<<end>>", nil), ("<<if .Series>>", nil),
  ])
  func templatesAreFilled(template: String, expected: String?) {
    #expect((try? AngleTemplate(template).expanded(fields)) == expected)
  }

  @Test func whatIsWrongIsWordedWithItsBraces() {
    func message(_ text: String) -> String? {
      do {
        _ = try AngleTemplate(text)
        return nil
      } catch {
        return error.message
      }
    }
    #expect(message("<<end>>") == "unexpected <<end>>")
    #expect(message("<<if .x>>") == "unexpected EOF: <<if>> has no <<end>>")
    #expect(message("<<.x |>>") == "missing value for command")
    #expect(message("<<humanize .x>>") == "function \"humanize\" not defined")
  }
}
