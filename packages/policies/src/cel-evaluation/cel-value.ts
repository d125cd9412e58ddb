/**
 * Plain data as CEL knows it: whole numbers are `int`, others `double`, as the API server reads JSON. What has no JSON is left out.
 *
 * @see https://kubernetes.io/docs/reference/using-api/cel/#type-system-integration
 */
export function celValue(data: unknown): unknown {
  if (typeof data === "number") return Number.isSafeInteger(data) ? BigInt(data) : data;
  if (Array.isArray(data)) return data.map(celValue);
  if (typeof data !== "object" || data === null) return data;
  return Object.fromEntries(
    Object.entries(data)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => [name, celValue(value)]),
  );
}

/** True for values that CEL calls equal: numbers by what they are worth, lists and maps by their members. */
export function celEquals(one: unknown, other: unknown): boolean {
  if (typeof one === "number" || typeof one === "bigint")
    // biome-ignore lint/suspicious/noDoubleEquals: 1n == 1 is what CEL means
    return (typeof other === "number" || typeof other === "bigint") && one == other;
  if (typeof one !== "object" || one === null || typeof other !== "object" || other === null) return one === other;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [mine, theirs] = [new Map(Object.entries(one)), new Map(Object.entries(other))];
  return (
    mine.size === theirs.size && [...mine].every(([key, value]) => theirs.has(key) && celEquals(value, theirs.get(key)))
  );
}
