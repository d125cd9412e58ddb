/** Addresses of one family, both ends included. */
export interface AddressBlock {
  readonly bits: 32 | 128;
  readonly first: bigint;
  readonly last: bigint;
}

/** The addresses between two, as policies' evaluators print them. */
export function blockBetween(first: string, last: string): AddressBlock {
  const { bits, value } = readAddress(first);
  return { bits, first: value, last: readAddress(last).value };
}

/** The addresses of a CIDR. */
export function blockOf(cidr: string): AddressBlock {
  const [address = "", prefix = ""] = cidr.split("/");
  const { bits, value } = readAddress(address);
  const size = 1n << BigInt(bits - (prefix === "" ? bits : Number(prefix)));
  const first = (value / size) * size;
  return { bits, first, last: first + size - 1n };
}

/** True when every address of `inner` is one of `outer`. */
export function holds(outer: AddressBlock, inner: AddressBlock): boolean {
  return outer.bits === inner.bits && outer.first <= inner.first && inner.last <= outer.last;
}

/** True for blocks that have at least half of all addresses of a family among them: what nobody lists is in there, too. */
export function areMostAddresses(blocks: readonly AddressBlock[]): boolean {
  return ([32, 128] as const).some((bits) => {
    const count = blocks.reduce((sum, block) => (block.bits === bits ? sum + block.last - block.first + 1n : sum), 0n);
    return count >= 1n << BigInt(bits - 1);
  });
}

function readAddress(text: string): { readonly bits: 32 | 128; readonly value: bigint } {
  if (!text.includes(":"))
    return { bits: 32, value: text.split(".").reduce((value, part) => value * 256n + BigInt(part), 0n) };
  const [head = "", tail] = text.split("::");
  const groups = (part: string): readonly string[] => (part === "" ? [] : part.split(":"));
  const before = groups(head);
  const after = groups(tail ?? "");
  const missing = tail === undefined ? 0 : 8 - before.length - after.length;
  const all = [...before, ...Array.from({ length: missing }, () => "0"), ...after];
  return { bits: 128, value: all.reduce((value, group) => value * 65_536n + BigInt(`0x${group}`), 0n) };
}
