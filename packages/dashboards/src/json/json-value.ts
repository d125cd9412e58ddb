/** A JSON object of which nothing is known. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The member as an object; an empty one when it is anything else. */
export function objectAt(json: JsonObject, key: string): JsonObject {
  const value = json[key];
  return isJsonObject(value) ? value : {};
}

/** The member's objects with their places in the list; none when it is no list. */
export function objectsAt(json: JsonObject, key: string): readonly (readonly [JsonObject, number])[] {
  const value = json[key];
  if (!Array.isArray(value)) return [];
  return value.flatMap((member: unknown, index): (readonly [JsonObject, number])[] =>
    isJsonObject(member) ? [[member, index]] : [],
  );
}

export function textAt(json: JsonObject, key: string): string | undefined {
  const value = json[key];
  return typeof value === "string" ? value : undefined;
}

export function numberAt(json: JsonObject, key: string): number | undefined {
  const value = json[key];
  return typeof value === "number" ? value : undefined;
}

/** Every text within a value, with its path. */
export function* textsIn(value: unknown, path = ""): Generator<readonly [text: string, path: string]> {
  if (typeof value === "string") yield [value, path];
  else if (Array.isArray(value))
    for (const [index, member] of value.entries()) yield* textsIn(member, `${path}[${index}]`);
  else if (isJsonObject(value))
    for (const [key, member] of Object.entries(value)) yield* textsIn(member, path === "" ? key : `${path}.${key}`);
}
