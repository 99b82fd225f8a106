import ClusterAPI

extension KindReader {
  static let priorityClass = KindReader(
    .priorityClass, "scheduling.k8s.io/v1",
    removed: ["scheduling.k8s.io/v1beta1", "scheduling.k8s.io/v1alpha1"], isNamespaced: false,
    initial: PriorityClass(meta: ObjectMeta(name: ""), value: 0),
    unmodelled: \.unmodelled, as: { .priorityClass($0) },
    table: Table {
      $0.identity()
      $0.field("metadata", \.meta, Shapes.meta, required: true)
      $0.field("value", \.value, .integer, required: true)
      $0.field("globalDefault", \.globalDefault, .boolean)
      $0.field("preemptionPolicy", \.preemptionPolicy, Shapes.preemptionPolicy)
      $0.field("description", \.description, .string)
    })
}
