import { addQuantities, compareQuantities, parseQuantity, printQuantity, type ResourceQuantity } from "@plinth/core";

/** Amounts by resource: `requests.cpu`, `memory`. */
export type Amounts = ReadonlyMap<string, ResourceQuantity>;

/** The amounts of a map, such as `spec.hard`; what is no quantity is passed over. */
export function amountsOf(map: unknown): Amounts {
  const entries = typeof map === "object" && map !== null ? Object.entries(map) : [];
  return new Map(
    entries.flatMap(([name, value]) => {
      const amount = parseQuantity(String(value));
      return amount === undefined ? [] : [[name, amount] as const];
    }),
  );
}

export function sumOf(all: readonly Amounts[]): Amounts {
  const sum = new Map<string, ResourceQuantity>();
  for (const amounts of all)
    for (const [name, amount] of amounts) {
      const known = sum.get(name);
      sum.set(name, known === undefined ? amount : addQuantities(known, amount));
    }
  return sum;
}

/** A number of times the same. */
export function times(amounts: Amounts, count: number): Amounts {
  return new Map([...amounts].map(([name, { nanos, format }]) => [name, { nanos: nanos * BigInt(count), format }]));
}

/** A resource whose amount differs. Left out on a side means: no limit, or nothing asked. */
export interface AmountChange {
  readonly name: string;
  readonly before?: ResourceQuantity;
  readonly after?: ResourceQuantity;
  /** Negative where there is less afterwards; compared as if what is left out were `missing`. */
  readonly direction: number;
}

/** @param missing What an amount counts as that is left out: nothing at all, or no limit. */
export function amountChanges(
  before: Amounts,
  after: Amounts,
  missing: "nothing" | "unlimited",
): readonly AmountChange[] {
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((name): readonly AmountChange[] => {
    const [was, is] = [before.get(name), after.get(name)];
    const direction = directionOf(was, is, missing);
    if (direction === 0) return [];
    return [
      { name, ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }), direction },
    ];
  });
}

function directionOf(
  was: ResourceQuantity | undefined,
  is: ResourceQuantity | undefined,
  missing: "nothing" | "unlimited",
): number {
  if (was !== undefined && is !== undefined) return compareQuantities(is, was);
  if (was === undefined && is === undefined) return 0;
  const appears = was === undefined ? 1 : -1;
  return missing === "nothing" ? appears : -appears;
}

const bytes: ReadonlySet<string> = new Set(["memory", "storage", "ephemeral-storage"]);
const gibibyte = 2n ** 30n * 1_000_000_000n;

/** `12 CPU`, `24 GiB of memory`, `2 nvidia.com/gpu`; a resource of a quota by its own name. */
export function amountText(name: string, amount: ResourceQuantity): string {
  const kind = name.replace(/^(?:requests|limits)\./, "");
  if (kind === "cpu") return `${decimal(Number(amount.nanos) / 1e9)} CPU`;
  if (bytes.has(kind)) return `${decimal(Number(amount.nanos) / Number(gibibyte))} GiB of ${kind}`;
  return `${printQuantity(amount)} ${kind}`;
}

function decimal(value: number): number {
  return Number(value.toPrecision(4));
}

/** `+50 %`; empty where there was nothing. */
export function percentText({ before, after }: AmountChange): string {
  if (before === undefined || after === undefined || before.nanos === 0n) return "";
  const percent = Math.round((Number(after.nanos - before.nanos) / Number(before.nanos)) * 100);
  return ` (${percent > 0 ? "+" : ""}${percent} %)`;
}
