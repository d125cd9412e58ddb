import { cidrProblem } from "@plinth/core";

export type AddressFamily = "ipv4" | "ipv6";

/** Addresses of one family, both ends included. */
export interface AddressRange {
  readonly family: AddressFamily;
  readonly first: bigint;
  readonly last: bigint;
}

const bits: Readonly<Record<AddressFamily, number>> = { ipv4: 32, ipv6: 128 };

/** Every address of a family. */
export function everyAddress(family: AddressFamily): AddressRange {
  return { family, first: 0n, last: (1n << BigInt(bits[family])) - 1n };
}

// A tree of policies names the same few blocks again and again.
const knownRanges = new Map<string, AddressRange>();

/** The addresses of a CIDR block. Throws a RangeError when it is none. */
export function rangeOf(cidr: string): AddressRange {
  const range = knownRanges.get(cidr) ?? readRange(cidr);
  knownRanges.set(cidr, range);
  return range;
}

function readRange(cidr: string): AddressRange {
  const problem = cidrProblem(cidr);
  if (problem !== undefined) throw new RangeError(problem);
  const [address = "", prefix = ""] = cidr.split("/");
  const { family, value } = parseAddress(address);
  return { family, first: value, last: value + (1n << BigInt(bits[family] - Number(prefix))) - 1n };
}

/** The addresses of a CIDR block less those of other blocks, as ranges in order. */
export function rangesWithout(cidr: string, except: readonly string[]): readonly AddressRange[] {
  const holes = except.map(rangeOf);
  return cutRanges([rangeOf(cidr)], holes).filter((piece) => !holes.some((hole) => holdsRange(hole, piece)));
}

/** Ranges cut wherever one of `cuts` begins or ends: each piece lies wholly inside or wholly outside of each cut. Pieces come in order, IPv4 first. */
export function cutRanges(ranges: readonly AddressRange[], cuts: readonly AddressRange[]): readonly AddressRange[] {
  return ranges
    .flatMap(({ family, first, last }) => {
      const own = cuts.filter((cut) => cut.family === family);
      const starts = new Set([first, ...own.flatMap((cut) => [cut.first, cut.last + 1n])]);
      const inside = [...starts].filter((start) => first <= start && start <= last).sort((a, b) => (a < b ? -1 : 1));
      return inside.map(
        (start, index): AddressRange => ({ family, first: start, last: (inside[index + 1] ?? last + 1n) - 1n }),
      );
    })
    .sort(compareRanges);
}

/** True when every address of `inner` is one of `outer`. */
export function holdsRange(outer: AddressRange, inner: AddressRange): boolean {
  return outer.family === inner.family && outer.first <= inner.first && inner.last <= outer.last;
}

/** True when two ranges share an address. */
export function rangesOverlap(a: AddressRange, b: AddressRange): boolean {
  return a.family === b.family && a.first <= b.last && b.first <= a.last;
}

/** True when one range begins where another ends. */
export function touches(before: AddressRange, after: AddressRange): boolean {
  return before.family === after.family && before.last + 1n === after.first;
}

/** The order of addresses, IPv4 first. */
export function compareRanges(a: AddressRange, b: AddressRange): number {
  if (a.family !== b.family) return a.family < b.family ? -1 : 1;
  return a.first < b.first ? -1 : a.first > b.first ? 1 : 0;
}

/** An address and its family. The text must be an address. */
export function parseAddress(text: string): { readonly family: AddressFamily; readonly value: bigint } {
  return text.includes(":") ? { family: "ipv6", value: parseIpv6(text) } : { family: "ipv4", value: parseIpv4(text) };
}

/** An address as text, as RFC 5952 writes it. */
export function printAddress(family: AddressFamily, address: bigint): string {
  if (family === "ipv4") return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 255n).join(".");
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((address >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  );
  // The first of the longest runs of at least two zero groups becomes `::`.
  const runs = [...groups.join(":").matchAll(/(?<![^:])0(?::0)+(?![^:])/g)].sort((a, b) => b[0].length - a[0].length);
  const [longest] = runs;
  if (longest === undefined) return groups.join(":");
  const text = groups.join(":");
  return `${text.slice(0, longest.index).replace(/:$/, "")}::${text.slice(longest.index + longest[0].length).replace(/^:/, "")}`;
}

function parseIpv4(address: string): bigint {
  // 32 bits are exact as a number, and one conversion is cheaper than four.
  return BigInt(address.split(".").reduce((value, part) => value * 256 + Number(part), 0));
}

function parseIpv6(address: string): bigint {
  // The last 32 bits may be written as an IPv4 address.
  const tail = /[^:]+\.[^:]+$/.exec(address)?.[0];
  const hexadecimal =
    tail === undefined
      ? address
      : address.slice(0, -tail.length) +
        [16n, 0n].map((shift) => ((parseIpv4(tail) >> shift) & 0xffffn).toString(16)).join(":");
  const [head = "", rest] = hexadecimal.split("::");
  const groupsOf = (text: string): string[] => (text === "" ? [] : text.split(":"));
  const before = groupsOf(head);
  const after = groupsOf(rest ?? "");
  const groups = [
    ...before,
    ...Array.from({ length: rest === undefined ? 0 : 8 - before.length - after.length }, () => "0"),
    ...after,
  ];
  return groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}
