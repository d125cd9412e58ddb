/**
 * A sum that does not lose the small ones among the large: Kahan's, as Neumaier improved it.
 *
 * @see https://github.com/prometheus/prometheus/blob/v3.15.0/util/kahansum/kahansum.go
 */
export class Summation {
  sum: number;
  compensation = 0;

  constructor(first = 0) {
    this.sum = first;
  }

  add(value: number): void {
    const total = this.sum + value;
    if (total === Number.POSITIVE_INFINITY || total === Number.NEGATIVE_INFINITY) this.compensation = 0;
    else if (Math.abs(this.sum) >= Math.abs(value)) this.compensation += this.sum - total + value;
    else this.compensation += value - total + this.sum;
    this.sum = total;
  }

  get total(): number {
    return this.sum + this.compensation;
  }
}

/** The sum of the values from `first` up to before `end`. */
export function sumOfRange(values: readonly number[], first: number, end: number): number {
  const summation = new Summation();
  for (let index = first; index < end; index++) summation.add(values[index] ?? 0);
  return Number.isFinite(summation.sum) || Number.isNaN(summation.sum) ? summation.total : summation.sum;
}

/** The mean of the values from `first` up to before `end`; where their sum is too large for a number, step by step. */
export function meanOfRange(values: readonly number[], first: number, end: number): number {
  let summation = new Summation(values[first] ?? 0);
  let stepwise = false;
  for (let index = first + 1; index < end; index++) {
    const value = values[index] ?? 0;
    const count = index - first + 1;
    if (!stepwise) {
      const { sum, compensation } = summation;
      summation.add(value);
      if (Math.abs(summation.sum) !== Number.POSITIVE_INFINITY) continue;
      stepwise = true;
      summation = new Summation(sum / (count - 1));
      summation.compensation = compensation / (count - 1);
    }
    const share = (count - 1) / count;
    const next = new Summation(share * summation.sum);
    next.compensation = share * summation.compensation;
    next.add(value / count);
    summation = next;
  }
  const { sum, compensation } = summation;
  return stepwise ? sum + compensation : sum / (end - first) + compensation / (end - first);
}
