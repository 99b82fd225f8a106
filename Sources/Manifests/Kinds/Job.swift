import ClusterAPI
import YAML

extension KindReader {
  static let job = KindReader(
    .job, "batch/v1",
    initial: Job(meta: ObjectMeta(name: ""), template: Shapes.emptyTemplate),
    unmodelled: \.unmodelled, as: { .job($0) },
    table: Table {
      $0.header(\.meta)
      $0.inside("spec", required: true, spec)
    }
  ) { job, node, reading in
    // `SetDefaults_Job`
    let parallelism = node["spec"]?["parallelism"]
    if job.completions == nil, parallelism?.isNull ?? true { job.completions = 1 }
    reading.demandRestartPolicy(
      [.onFailure, .never], of: job.template, node,
      remedy: "write `restartPolicy: OnFailure` or `restartPolicy: Never`")
  }

  private static let spec = Table<Job> {
    $0.field("template", \.template, Shapes.podTemplate, required: true)
    $0.field("completions", \.completions, .count)
    $0.field("parallelism", \.parallelism, .count)
    $0.field("backoffLimit", \.backoffLimit, .count)
    $0.field("activeDeadlineSeconds", \.activeDeadlineSeconds, .seconds)
    $0.field("ttlSecondsAfterFinished", \.ttlSecondsAfterFinished, .count)
    $0.field("suspend", \.suspend, .boolean)
    $0.field("completionMode", \.completionMode, .word(of: ["NonIndexed", "Indexed"]))
    $0.field("selector", \.selector, Shapes.labelSelector)
    $0.kept(
      "backoffLimitPerIndex", "managedBy", "manualSelector", "maxFailedIndexes",
      "podFailurePolicy", "podReplacementPolicy", "scheduling", "successPolicy")
  }
}
