/** Go's math.Max: infinity wins over NaN. */
export function greater(a: number, b: number): number {
  return a === Number.POSITIVE_INFINITY || b === Number.POSITIVE_INFINITY ? Number.POSITIVE_INFINITY : Math.max(a, b);
}

/** Go's math.Min: minus infinity wins over NaN. */
export function lesser(a: number, b: number): number {
  return a === Number.NEGATIVE_INFINITY || b === Number.NEGATIVE_INFINITY ? Number.NEGATIVE_INFINITY : Math.min(a, b);
}

/** Go's math.Pow: 1 to the power of anything is 1. */
function power(base: number, exponent: number): number {
  if (base === 1 || (base === -1 && Math.abs(exponent) === Number.POSITIVE_INFINITY)) return 1;
  return base ** exponent;
}

/** The operators that compute, by their signs in PromQL. */
export const arithmetic: Readonly<Record<string, (left: number, right: number) => number>> = {
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => left / right,
  "%": (left, right) => left % right,
  "^": power,
  atan2: Math.atan2,
};

/** The operators that compare. */
export const comparisons: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  "==": (left, right) => left === right,
  "!=": (left, right) => left !== right,
  "<": (left, right) => left < right,
  "<=": (left, right) => left <= right,
  ">": (left, right) => left > right,
  ">=": (left, right) => left >= right,
};

/** Ties go up, whatever the sign. */
function rounded(value: number, nearest = 1): number {
  const inverse = 1 / nearest;
  return Math.floor(value * inverse + 0.5) / inverse;
}

const degrees = 180 / Math.PI;

/** Functions that make a number of a number, and of further ones that are the same for all series. */
export const valueComputations: Readonly<Record<string, (value: number, ...parameters: readonly number[]) => number>> =
  {
    abs: Math.abs,
    acos: Math.acos,
    acosh: Math.acosh,
    asin: Math.asin,
    asinh: Math.asinh,
    atan: Math.atan,
    atanh: Math.atanh,
    ceil: Math.ceil,
    clamp: (value, least = 0, most = 0) => greater(least, lesser(most, value)),
    clamp_max: (value, most = 0) => lesser(most, value),
    clamp_min: (value, least = 0) => greater(least, value),
    cos: Math.cos,
    cosh: Math.cosh,
    deg: (value) => value * degrees,
    exp: Math.exp,
    floor: Math.floor,
    ln: Math.log,
    log2: Math.log2,
    log10: Math.log10,
    rad: (value) => value / degrees,
    round: rounded,
    sgn: (value) => (value < 0 ? -1 : value > 0 ? 1 : value),
    sin: Math.sin,
    sinh: Math.sinh,
    sqrt: Math.sqrt,
    tan: Math.tan,
    tanh: Math.tanh,
  };

/** Functions of a time in seconds, in UTC. */
export const calendarComputations: Readonly<Record<string, (time: Date) => number>> = {
  day_of_month: (time) => time.getUTCDate(),
  day_of_week: (time) => time.getUTCDay(),
  day_of_year: (time) =>
    (Date.UTC(time.getUTCFullYear(), time.getUTCMonth(), time.getUTCDate()) - Date.UTC(time.getUTCFullYear(), 0, 1)) /
      86_400_000 +
    1,
  days_in_month: (time) => new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth() + 1, 0)).getUTCDate(),
  hour: (time) => time.getUTCHours(),
  minute: (time) => time.getUTCMinutes(),
  month: (time) => time.getUTCMonth() + 1,
  year: (time) => time.getUTCFullYear(),
};
