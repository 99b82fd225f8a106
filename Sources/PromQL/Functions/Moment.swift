/// A time in UTC, taken apart as the date functions need it.
struct Moment {
  private var day: Int64
  private var secondOfDay: Int64

  /// From the year -292277022399 to 1970: Go counts seconds from there, without a sign.
  private static let shift: Int64 = 9_223_372_028_715_321_600

  /// - Parameter seconds: since 1970; a fraction is cut off. What no 64 bits hold is what Prometheus
  ///   makes of it on x86-64: the smallest number, which Go's calendar takes for the latest time.
  init(seconds: Double) {
    let isTime = seconds >= -0x1p63 && seconds < 0x1p63
    let count = isTime ? Int64(seconds) : .min
    let shifted = UInt64(bitPattern: count) &+ UInt64(Moment.shift)
    day = Int64(shifted / 86_400) - Moment.shift / 86_400
    secondOfDay = Int64(shifted % 86_400)
  }

  func field(_ function: Function) -> Double {
    switch function {
    case .minute: return Double(secondOfDay / 60 % 60)
    case .hour: return Double(secondOfDay / 3600)
    case .dayOfWeek:
      let weekday = (day + 4) % 7
      return Double(weekday < 0 ? weekday + 7 : weekday)
    case .dayOfMonth: return Double(date.day)
    case .month: return Double(date.month)
    case .year: return Double(date.year)
    case .dayOfYear: return Double(day - Moment.days(year: date.year, month: 1, day: 1) + 1)
    case .daysInMonth:
      let (year, month, _) = date
      let next = month == 12 ? (year + 1, 1) : (year, month + 1)
      return Double(
        Moment.days(year: next.0, month: next.1, day: 1)
          - Moment.days(year: year, month: month, day: 1))
    default: preconditionFailure("\(function.name) is no field of a date")
    }
  }

  /// As RFC 3339 writes it, in UTC.
  static func text(_ milliseconds: Int64) -> String {
    func padded(_ number: Int64, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    var rest = milliseconds % 1000
    if rest < 0 { rest += 1000 }
    let moment = Moment(seconds: Double((milliseconds - rest) / 1000))
    let (year, month, day) = moment.date
    let fraction = padded(rest, 3).reversed().drop { $0 == "0" }.reversed()
    let second = moment.secondOfDay
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T\(padded(second / 3600, 2)):"
      + "\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
      + (rest == 0 ? "" : "." + String(fraction)) + "Z"
  }

  /// The date of the proleptic Gregorian calendar; its years are counted from March, in eras of 400.
  private var date: (year: Int64, month: Int64, day: Int64) {
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
      dayOfYear - (153 * marchMonth + 2) / 5 + 1
    )
  }

  /// Days since 1970.
  private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}
