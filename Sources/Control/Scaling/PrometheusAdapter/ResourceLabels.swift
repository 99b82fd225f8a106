import PromQL

/// Which labels of series name which objects (`naming.resourceConverter`).
public struct ResourceLabels: Sendable {
  /// Sorted by label.
  private let overrides: [(label: String, resource: AdapterResource)]
  private let template: AngleTemplate?
  /// The template as a pattern of the labels that it makes (`labelGroupResExtractor`).
  private let pattern: SearchPattern?
  private let groupIndex: Int?
  private let resourceIndex: Int

  init(_ rule: AdapterRuleText, problems: inout [AdapterRuleProblem]) {
    overrides = rule.overrides.sorted { $0.label < $1.label }.map {
      (
        $0.label,
        AdapterResource(group: $0.group, resource: $0.resource) ?? .init(custom: $0.resource)
      )
    }
    let made = ResourceLabels.made(rule.template, &problems)
    template = made?.template
    pattern = made?.pattern
    groupIndex = made?.pattern.groupNames.firstIndex(of: "group")
    resourceIndex = made?.pattern.groupNames.firstIndex(of: "resource") ?? 0
    check(problems: &problems)
  }

  private static func made(
    _ text: String, _ problems: inout [AdapterRuleProblem]
  ) -> (template: AngleTemplate, pattern: SearchPattern)? {
    if text.isEmpty { return nil }
    let template: AngleTemplate
    let written: String
    do {
      template = try AngleTemplate(text)
      written = try template.expanded([
        .text("Group", "(?P<group>.+?)"), .text("Resource", "(?P<resource>.+?)"),
      ])
    } catch {
      problems.append(
        .init(.template, .nothingIsServed, error.message, at: error.offset(in: text)))
      return nil
    }
    do {
      let pattern = try SearchPattern("^" + written + "$")
      if pattern.groupNames.contains("resource") { return (template, pattern) }
      problems.append(
        .init(.template, .nothingIsServed, "the template does not name `<<.Resource>>`"))
    } catch {
      problems.append(
        .init(.template, .nothingIsServed, "the template is no pattern of labels: \(error.message)")
      )
    }
    return nil
  }

  private func check(problems: inout [AdapterRuleProblem]) {
    var labels: [AdapterResource: String] = [:]
    for (label, resource) in overrides {
      if let first = labels[resource] {
        problems.append(
          .init(
            .override(label), .surprise,
            "the label `\(first)` stands for \(resource.name) too, and the adapter takes one of them "
              + "at random; here it is `\(first)`", remedy: "leave one of them out"))
      } else {
        labels[resource] = label
      }
    }
  }

  /// `LabelForResource`
  public func label(of resource: AdapterResource) throws(AdapterError) -> String {
    for override in overrides where override.resource == resource { return override.label }
    guard let template else { throw AdapterError("no label stands for \(resource.name)") }
    let group = String(resource.group.map { $0 == "." || $0 == "-" ? "_" : $0 })
    do {
      let label = try template.expanded([
        .text("Group", group), .text("Resource", resource.singular),
      ])
      if !label.isEmpty { return label }
    } catch {
      throw AdapterError(error.description)
    }
    throw AdapterError("the template makes an empty label of \(resource.name)")
  }

  /// The resource whose objects a label names (`ResourcesForSeries`).
  public func resource(of label: String) -> AdapterResource? {
    for override in overrides where override.label == label { return override.resource }
    guard let groups = pattern?.groups(in: label), let word = groups[resourceIndex] else {
      return nil
    }
    return AdapterResource(group: groupIndex.flatMap { groups[$0] } ?? "", resource: word)
  }
}

extension TemplateError {
  /// The byte of a template's text at which it stands.
  func offset(in text: String) -> Int {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.prefix(line - 1).reduce(column - 1) { $0 + $1.utf8.count + 1 }
  }
}
