import { addQuantities, compareQuantities, parseQuantity, type ResourceQuantity } from "@plinth/core";

const NANOS = 1_000_000_000n;

/** What `quantity()` gives in CEL. A class, because a type of CEL is told by its constructor. */
export class KubernetesQuantity {
  readonly #amount: ResourceQuantity;

  constructor(amount: ResourceQuantity) {
    this.#amount = amount;
  }

  static parse(text: string): KubernetesQuantity | undefined {
    const amount = parseQuantity(text);
    return amount === undefined ? undefined : new KubernetesQuantity(amount);
  }

  static of(amount: bigint): KubernetesQuantity {
    return new KubernetesQuantity({ nanos: amount * NANOS, format: "decimal" });
  }

  get isInteger(): boolean {
    return this.#amount.nanos % NANOS === 0n;
  }

  /** Throws a RangeError where it is none. */
  get asInteger(): bigint {
    if (!this.isInteger) throw new RangeError("the quantity is no whole number");
    return this.#amount.nanos / NANOS;
  }

  get asApproximateFloat(): number {
    return Number(this.#amount.nanos) / Number(NANOS);
  }

  compareTo(other: KubernetesQuantity): number {
    return compareQuantities(this.#amount, other.#amount);
  }

  plus(other: KubernetesQuantity): KubernetesQuantity {
    return new KubernetesQuantity(addQuantities(this.#amount, other.#amount));
  }

  minus(other: KubernetesQuantity): KubernetesQuantity {
    const { nanos, format } = other.#amount;
    return this.plus(new KubernetesQuantity({ nanos: -nanos, format }));
  }
}
