/// An operation between two expressions.
public struct BinaryOperation: Sendable, Equatable {
  public enum Operation: String, Sendable, CaseIterable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case modulo = "%"
    case power = "^"
    case atan2
    case equal = "=="
    case notEqual = "!="
    case greater = ">"
    case less = "<"
    case greaterOrEqual = ">="
    case lessOrEqual = "<="
    /// Parts of native histograms; between numbers they have no result.
    case trimUpper = "</"
    case trimLower = ">/"
    case and
    case or
    case unless

    var isComparison: Bool {
      switch self {
      case .equal, .notEqual, .greater, .less, .greaterOrEqual, .lessOrEqual: true
      default: false
      }
    }

    var isSetOperation: Bool { self == .and || self == .or || self == .unless }

    /// Higher binds tighter. All are left-associative but the power.
    var precedence: Int {
      switch self {
      case .or: 1
      case .and, .unless: 2
      case .equal, .notEqual, .greater, .less, .greaterOrEqual, .lessOrEqual: 3
      case .trimUpper, .trimLower: 3
      case .add, .subtract: 4
      case .multiply, .divide, .modulo, .atan2: 5
      case .power: 6
      }
    }

    /// Whether the result is another quantity than the operands, so that names are dropped.
    var changesQuantity: Bool {
      switch self {
      case .add, .subtract, .multiply, .divide, .modulo, .power, .atan2: true
      default: false
      }
    }
  }

  /// How series on both sides find each other.
  public struct Matching: Sendable, Equatable {
    public enum Cardinality: Sendable, Equatable {
      case oneToOne
      /// `group_left`: several series on the left for one on the right.
      case manyToOne
      /// `group_right`.
      case oneToMany
    }

    public var cardinality = Cardinality.oneToOne
    /// `on` instead of `ignoring`.
    public var isOn = false
    public var labels: [String] = []
    /// Labels that the "one" side gives to the result.
    public var included: [String] = []
    /// What stands for a missing series on the left and on the right.
    public var fillLeft: Double?
    public var fillRight: Double?

    public init() {}
  }

  public var operation: Operation
  public var left: Expression
  public var right: Expression
  /// Comparisons give 0 or 1 instead of filtering.
  public var returnsBool: Bool
  public var matching: Matching
  /// Of the operator.
  public var operatorRange: SourceRange
}
