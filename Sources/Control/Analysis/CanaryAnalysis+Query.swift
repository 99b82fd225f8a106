import ClusterAPI
public import PromQL

extension CanaryAnalysis {
  /// What the query of a check is filled with.
  public func values(for check: Check) -> QueryTemplate.Values {
    var values = QueryTemplate.Values()
    (values.name, values.namespace) = (canary.name, canary.namespace)
    (values.target, values.service) = (target, service)
    (values.ingress, values.route) = (ingress, route)
    values.interval = check.interval
    values.variables = check.variables.map { Label($0.name, $0.value) }
    return values
  }
}
