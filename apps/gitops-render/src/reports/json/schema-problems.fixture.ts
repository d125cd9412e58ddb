import { isRecord } from "@plinth/core";

/** Where a value is not what a JSON Schema says, of the words that the report's schema uses. */
export function schemaProblems(value: unknown, schema: unknown, path = "$"): readonly string[] {
  if (!isRecord(schema)) return [`${path}: no schema`];
  const { type, enum: choices, const: only, pattern, minimum, properties, required, items } = schema;
  if ("const" in schema && value !== only) return [`${path}: not ${String(only)}`];
  if (Array.isArray(choices) && !choices.includes(value)) return [`${path}: none of the choices`];
  switch (type) {
    case undefined:
      return [];
    case "string":
      if (typeof value !== "string") return [`${path}: no text`];
      return typeof pattern === "string" && !new RegExp(pattern).test(value) ? [`${path}: not as ${pattern}`] : [];
    case "integer":
      return Number.isInteger(value) && Number(value) >= Number(minimum) ? [] : [`${path}: no such number`];
    case "boolean":
      return typeof value === "boolean" ? [] : [`${path}: neither true nor false`];
    case "array":
      return Array.isArray(value)
        ? value.flatMap((item, place) => schemaProblems(item, items, `${path}[${place}]`))
        : [`${path}: no list`];
    case "object": {
      if (!isRecord(value) || !isRecord(properties)) return [`${path}: no object`];
      const missing = Array.isArray(required) ? required.filter((name) => !(String(name) in value)) : [];
      return [
        ...missing.map((name) => `${path}.${name}: missing`),
        ...Object.entries(value).flatMap(([name, member]) =>
          name in properties
            ? schemaProblems(member, properties[name], `${path}.${name}`)
            : [`${path}.${name}: unknown`],
        ),
      ];
    }
    default:
      return [`${path}: the schema has a type that is not known: ${String(type)}`];
  }
}
