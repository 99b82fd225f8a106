/// Mean and spread of a few numbers.
struct Sample {
  let mean: Double
  /// Half of the width of the 95 % confidence interval of the mean (Student's t); nil with fewer
  /// than three numbers.
  let interval: Double?

  init(_ values: [Double]) {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    self.mean = mean
    guard values.count >= 3 else {
      interval = nil
      return
    }
    let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    interval = Sample.quantile(degrees: values.count - 1) * (square / count).squareRoot()
  }

  /// 97.5 % quantile of Student's t distribution.
  static func quantile(degrees: Int) -> Double {
    let table = [
      12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
      2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
      2.052, 2.048, 2.045, 2.042,
    ]
    if degrees <= table.count { return table[max(degrees, 1) - 1] }
    // Cornish-Fisher expansion around the normal quantile.
    let (z, n) = (1.959964, Double(degrees))
    let square = z * z
    return z + z * (square + 1) / (4 * n)
      + z * (5 * square * square + 16 * square + 3) / (96 * n * n)
  }
}
