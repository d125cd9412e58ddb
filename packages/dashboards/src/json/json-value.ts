/** A JSON object of which nothing is known. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value as a message quotes it: "nothing" where there is none, and no more than the kind of what is long or deep. */
export function quotedValue(value: unknown): string {
  if (value === undefined) return "nothing";
  if (isJsonObject(value)) return "an object";
  if (Array.isArray(value)) {
    const plain = value.length <= 5 && value.every((member) => typeof member !== "object" || member === null);
    return plain ? JSON.stringify(value) : "a list";
  }
  return JSON.stringify(value) ?? "nothing";
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

/** Every text within a value, with its path, in the order of the file. However deep the value is: it may be somebody's. */
export function textsIn(value: unknown): readonly (readonly [text: string, path: string])[] {
  const texts: (readonly [string, string])[] = [];
  const waiting: (readonly [unknown, string])[] = [[value, ""]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [member, path] = next;
    if (typeof member === "string") texts.push([member, path]);
    else if (Array.isArray(member))
      for (let index = member.length - 1; index >= 0; index--) waiting.push([member[index], `${path}[${index}]`]);
    else if (isJsonObject(member))
      for (const key of Object.keys(member).reverse())
        waiting.push([member[key], path === "" ? key : `${path}.${key}`]);
  }
  return texts;
}
