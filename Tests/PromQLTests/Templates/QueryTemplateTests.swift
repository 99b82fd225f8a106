import PromQL
import Testing

@Suite struct QueryTemplateTests {
  private var values: QueryTemplate.Values {
    var values = QueryTemplate.Values()
    values.name = "podinfo-canary"
    values.namespace = "test"
    values.target = "podinfo"
    values.service = "podinfo-svc"
    values.ingress = "front"
    values.route = "http"
    values.interval = "1m"
    values.variables = [
      Label("direction", "outbound"), Label("empty", ""), Label("direction", "inbound"),
    ]
    return values
  }

  @Test(arguments: [
    ("up", "up"), ("", ""),
    (
      "my_errors{ns=\"{{ namespace }}\",target=\"{{ target }}\"}[{{ interval }}]",
      "my_errors{ns=\"test\",target=\"podinfo\"}[1m]"
    ),
    ("{{ name }} {{service}} {{- ingress -}} {{route}}", "podinfo-canary podinfo-svcfronthttp"),
    ("{{ variables.direction }}|{{ variables.empty }}", "inbound|"),
    ("{{ variables.direction | printf \"%q\" }}", "\"inbound\""),
    ("{{ index variables \"direction\" }}{{ index variables \"other\" }}", "inbound"),
    ("{{ variables.other }}{{ . }}", "<no value><no value>"),
    ("{{ variables }}", "map[direction:inbound empty:]"),
    (
      "{{ printf \"kube(ew)?_%s__%s_canary__.*__%s_canary(_[0-9]+)?\" namespace ingress service }}",
      "kube(ew)?_test__front_canary__.*__podinfo-svc_canary(_[0-9]+)?"
    ),
    ("{{ if eq namespace \"test\" }}a{{ else }}b{{ end }}{{ len variables }}", "a2"),
    (
      "{{ range $key, $value := variables }}{{ $key }}={{ $value }};{{ end }}",
      "direction=inbound;empty=;"
    ),
    ("{{ define \"x\" }}<{{ . }}>{{ end }}{{ template \"x\" target }}", "<podinfo>"),
  ])
  func queriesAreFilled(template: String, expected: String) throws {
    #expect(try QueryTemplate(template).expanded(values) == expected)
  }

  @Test(arguments: [
    ("up{{ nmae }}", "template: 1:6: function \"nmae\" not defined"),
    ("a\n{{ humanize 1 }}", "template: 2:4: function \"humanize\" not defined"),
    ("{{ query \"up\" }}", "template: 1:4: function \"query\" not defined"),
    ("{{ $labels.pod }}", "template: 1:4: undefined variable \"$labels\""),
    ("{{ target", "template: 1:10: unclosed action"),
    (
      "{{ target \"a\" }}",
      "template: 1:4: error calling target: wrong number of args for target: want 0, got 1"
    ),
    ("{{ target.name }}", "template: 1:4: can't evaluate field name in type string"),
    ("{{ .Name }}", "template: 1:4: nil data; no entry for key \"Name\""),
    ("{{ end }}", "template: 1:1: unexpected {{end}}"),
  ])
  func whatIsWrongHasItsPlace(template: String, message: String) {
    do {
      _ = try QueryTemplate(template).expanded(values)
      Issue.record("\(template) is filled")
    } catch {
      #expect(error.description == message)
    }
  }

  @Test(arguments: ["up", "a{b=\"{{c}}\"}", "{{", "{{{", "}}{{{{", "{{`{{`}}"])
  func textsThatAreNoTemplatesStay(text: String) throws {
    #expect(try QueryTemplate(QueryTemplate.literal(text)).expanded(values) == text)
  }
}
