import { Environment, type Optional } from "@marcbachmann/cel-js";
import { celEquals } from "./cel-value.ts";
import { KubernetesQuantity } from "./kubernetes-quantity.ts";
import { re2 } from "./re2.ts";

/**
 * CEL with what Kubernetes adds to it and policies use: optional fields, the functions of strings, lists, regular expressions and quantities. A function that is
 * not here is a problem of the expression that calls it.
 *
 * @see https://kubernetes.io/docs/reference/using-api/cel/#cel-options-language-features-and-libraries
 */
export function kubernetesCel(): Environment {
  const environment = new Environment({ enableOptionalTypes: true, homogeneousAggregateLiterals: true });
  withOptionals(environment);
  withStrings(environment);
  withLists(environment);
  withQuantities(environment);
  return environment;
}

/** Stands for `matches`: the one of the library reads patterns as the runtime does, and cannot be replaced. */
export const matchesRe2 = "matchesRe2";

function withOptionals(environment: Environment): void {
  environment.registerOperator("optional == optional", (one: Optional, other: Optional) =>
    one.hasValue() && other.hasValue() ? celEquals(one.value(), other.value()) : one.hasValue() === other.hasValue(),
  );
}

// https://pkg.go.dev/github.com/google/cel-go/ext#Strings and the regex library of Kubernetes: what cel-js does not have.
function withStrings(environment: Environment): void {
  environment
    .registerFunction("string.charAt(int): string", (text: string, at: bigint) => {
      if (at < 0n || at > BigInt(text.length)) throw new RangeError(`index out of range: ${at}`);
      return text.charAt(Number(at));
    })
    .registerFunction("string.replace(string, string): string", (text: string, search: string, by: string) =>
      text.split(search).join(by),
    )
    .registerFunction(
      "string.replace(string, string, int): string",
      (text: string, search: string, by: string, times: bigint) => {
        const parts = text.split(search);
        const last = times < 0n ? parts.length - 1 : Math.min(Number(times), parts.length - 1);
        return [parts.slice(0, last + 1).join(by), ...parts.slice(last + 1)].join(search);
      },
    )
    .registerFunction(`string.${matchesRe2}(string): bool`, (text: string, pattern: string) => re2(pattern).test(text))
    .registerFunction(
      "string.find(string): string",
      (text: string, pattern: string) => re2(pattern).exec(text)?.[0] ?? "",
    )
    .registerFunction("string.findAll(string): list<string>", (text: string, pattern: string) =>
      [...text.matchAll(new RegExp(re2(pattern), `${re2(pattern).flags}g`))].map(([found]) => found),
    );
}

// https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-list-library
function withLists(environment: Environment): void {
  environment
    .registerFunction("list.indexOf(dyn): int", (list: readonly unknown[], value: unknown) =>
      BigInt(list.findIndex((each) => celEquals(each, value))),
    )
    .registerFunction("list.lastIndexOf(dyn): int", (list: readonly unknown[], value: unknown) =>
      BigInt(list.findLastIndex((each) => celEquals(each, value))),
    )
    .registerFunction("list.isSorted(): bool", (list: readonly Comparable[]) =>
      list.every((each, index) => index === 0 || !isLess(each, list[index - 1] ?? each)),
    )
    .registerFunction("list.min(): dyn", (list: readonly Comparable[]) => outermost(list, isLess))
    .registerFunction("list.max(): dyn", (list: readonly Comparable[]) =>
      outermost(list, (one, other) => isLess(other, one)),
    )
    .registerFunction("list<int>.sum(): int", (list: readonly bigint[]) => list.reduce((sum, each) => sum + each, 0n))
    .registerFunction("list<double>.sum(): double", (list: readonly number[]) =>
      list.reduce((sum, each) => sum + each, 0),
    );
}

type Comparable = bigint | number | string | boolean;

function isLess(one: Comparable, other: Comparable): boolean {
  return one < other;
}

function outermost(list: readonly Comparable[], precedes: (one: Comparable, other: Comparable) => boolean): Comparable {
  const [first, ...others] = list;
  if (first === undefined) throw new RangeError("an empty list has neither a least nor a greatest member");
  return others.reduce((found, each) => (precedes(each, found) ? each : found), first);
}

function withQuantities(environment: Environment): void {
  environment
    .registerType("kubernetes.Quantity", KubernetesQuantity)
    .registerFunction("quantity(string): kubernetes.Quantity", (text: string) => {
      const found = KubernetesQuantity.parse(text);
      if (found === undefined) throw new RangeError(`${JSON.stringify(text)} is no quantity`);
      return found;
    })
    .registerFunction("isQuantity(string): bool", (text: string) => KubernetesQuantity.parse(text) !== undefined)
    .registerFunction("kubernetes.Quantity.isInteger(): bool", (one: KubernetesQuantity) => one.isInteger)
    .registerFunction("kubernetes.Quantity.asInteger(): int", (one: KubernetesQuantity) => one.asInteger)
    .registerFunction(
      "kubernetes.Quantity.asApproximateFloat(): double",
      (one: KubernetesQuantity) => one.asApproximateFloat,
    )
    .registerFunction("kubernetes.Quantity.sign(): int", (one: KubernetesQuantity) =>
      BigInt(one.compareTo(KubernetesQuantity.of(0n))),
    );
  const pair = "kubernetes.Quantity";
  environment
    .registerFunction(`${pair}.compareTo(${pair}): int`, (one: KubernetesQuantity, other: KubernetesQuantity) =>
      BigInt(one.compareTo(other)),
    )
    .registerFunction(
      `${pair}.isGreaterThan(${pair}): bool`,
      (one: KubernetesQuantity, other: KubernetesQuantity) => one.compareTo(other) > 0,
    )
    .registerFunction(
      `${pair}.isLessThan(${pair}): bool`,
      (one: KubernetesQuantity, other: KubernetesQuantity) => one.compareTo(other) < 0,
    )
    .registerFunction(`${pair}.add(${pair}): ${pair}`, (one: KubernetesQuantity, other: KubernetesQuantity) =>
      one.plus(other),
    )
    .registerFunction(`${pair}.add(int): ${pair}`, (one: KubernetesQuantity, other: bigint) =>
      one.plus(KubernetesQuantity.of(other)),
    )
    .registerFunction(`${pair}.sub(${pair}): ${pair}`, (one: KubernetesQuantity, other: KubernetesQuantity) =>
      one.minus(other),
    )
    .registerFunction(`${pair}.sub(int): ${pair}`, (one: KubernetesQuantity, other: bigint) =>
      one.minus(KubernetesQuantity.of(other)),
    )
    .registerOperator(
      `${pair} == ${pair}`,
      (one: KubernetesQuantity, other: KubernetesQuantity) => one.compareTo(other) === 0,
    );
}
