/// A rule of prometheus-adapter as it is written (`config.DiscoveryRule`).
public struct AdapterRuleText: Hashable, Sendable {
  /// A condition on the names of series (`config.RegexFilter`); one of the two is written.
  public struct Filter: Hashable, Sendable {
    /// `is`
    public var wanted: String
    /// `isNot`
    public var unwanted: String

    public init(is wanted: String = "", isNot unwanted: String = "") {
      self.wanted = wanted
      self.unwanted = unwanted
    }
  }

  /// A label that names objects of a resource.
  public struct Override: Hashable, Sendable {
    public var label: String
    /// May be empty.
    public var group: String
    /// Singular or plural.
    public var resource: String

    public init(_ label: String, group: String = "", resource: String) {
      self.label = label
      self.group = group
      self.resource = resource
    }
  }

  /// Selects series.
  public var seriesQuery: String
  public var seriesFilters: [Filter] = []
  /// `resources.template`
  public var template = ""
  /// `resources.overrides`
  public var overrides: [Override] = []
  /// `resources.namespaced`: whether an external metric is asked of the autoscaler's namespace only.
  public var namespaced = true
  /// `name.matches`
  public var nameMatches = ""
  /// `name.as`
  public var nameAs = ""
  /// The template of the query.
  public var metricsQuery: String

  public init(seriesQuery: String, metricsQuery: String) {
    self.seriesQuery = seriesQuery
    self.metricsQuery = metricsQuery
  }
}
