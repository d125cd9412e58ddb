// Plain data whose shape nobody has checked: what is not there, or is something else, is read as nothing.

/** True for a map, as JSON has them: neither null nor a list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * What stands at a path of plain data; `undefined` where the path ends early.
 *
 * @example
 * fieldAt({ spec: { containers: [{ name: "app" }] } }, "spec", "containers", 0, "name"); // "app"
 */
export function fieldAt(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, step) => (typeof inner === "object" && inner !== null ? Reflect.get(inner, step) : undefined),
    value,
  );
}

/** The list at a path of plain data; empty where there is none. */
export function listAt(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = fieldAt(value, ...path);
  return Array.isArray(found) ? found : [];
}

/** The text at a path of plain data; empty where there is none. */
export function textAt(value: unknown, ...path: readonly (string | number)[]): string {
  const found = fieldAt(value, ...path);
  return typeof found === "string" ? found : "";
}

/** The texts of the list at a path of plain data; what is no text is passed over. */
export function textsAt(value: unknown, ...path: readonly (string | number)[]): readonly string[] {
  return listAt(value, ...path).filter((entry) => typeof entry === "string");
}

/** The map of texts at a path of plain data, such as labels; what is no text is passed over. */
export function textMapAt(value: unknown, ...path: readonly (string | number)[]): Readonly<Record<string, string>> {
  const found = fieldAt(value, ...path);
  if (!isRecord(found)) return {};
  return Object.fromEntries(
    Object.entries(found).flatMap(([key, text]) => (typeof text === "string" ? [[key, text]] : [])),
  );
}
