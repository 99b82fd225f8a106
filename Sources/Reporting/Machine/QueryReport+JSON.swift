public import PromQL

extension QueryReport {
  /// What Prometheus' HTTP API answers (`/api/v1/query` and `/api/v1/query_range`): `status`, and `data`
  /// with `resultType` and `result`. Times are seconds since 1970, values are strings.
  ///
  /// - Parameter time: of an instant query, in milliseconds since 1970.
  public static func json(_ value: QueryValue, at time: Int64) -> String {
    let (type, result): (String, JSONValue) =
      switch value {
      case .scalar(let number): ("scalar", point(time, plainText(number)))
      case .string(let text): ("string", point(time, text))
      case .vector(let elements):
        (
          "vector",
          .array(
            elements.map {
              .object([
                ("metric", labels($0.labels)), ("value", point(time, plainText($0.value))),
              ])
            })
        )
      case .matrix(let series):
        (
          "matrix",
          .array(
            series.map {
              let points = zip($0.samples.times, $0.samples.values)
                .map { point($0, plainText($1)) }
              return .object([("metric", labels($0.labels)), ("values", .array(points))])
            })
        )
      }
    return JSONValue.object([
      ("status", .string("success")),
      ("data", .object([("resultType", .string(type)), ("result", result)])),
    ]).compact + "\n"
  }

  private static func labels(_ labels: PromQL.Labels) -> JSONValue {
    .object(labels.pairs.map { ($0.name, .string($0.value)) })
  }

  private static func point(_ time: Int64, _ text: String) -> JSONValue {
    .array([.number(plainText(Double(time) / 1000)), .string(text)])
  }
}
