import { isJsonObject } from "./json-schema.ts";

/**
 * Whether a plain value (text, number, truth value) is what a schema asks for, by those keywords that CRDs use to tell cases apart:
 * `enum`, `type`, `not`, `allOf`, `anyOf`, `oneOf`. `undefined` when there is no value or another keyword would decide.
 */
export function fits(value: unknown, schema: unknown): boolean | undefined {
  if (!["string", "number", "boolean"].includes(typeof value) || !isJsonObject(schema)) return undefined;
  return all(Object.entries(schema).map(([keyword, operand]) => fitsKeyword(value, keyword, operand)));
}

function fitsKeyword(value: unknown, keyword: string, operand: unknown): boolean | undefined {
  if (keyword === "not") return negate(fits(value, operand));
  if (keyword === "type")
    return [operand]
      .flat()
      .some((type) => type === typeName(value) || (type === "number" && typeof value === "number"));
  if (!Array.isArray(operand)) return undefined;
  if (keyword === "enum") return operand.includes(value);
  const each = operand.map((schema: unknown) => fits(value, schema));
  if (keyword === "allOf") return all(each);
  if (keyword === "anyOf") return negate(all(each.map(negate)));
  if (keyword === "oneOf")
    return each.includes(undefined) ? undefined : each.filter((fit) => fit === true).length === 1;
  return undefined;
}

function typeName(value: unknown): string {
  return Number.isInteger(value) ? "integer" : typeof value;
}

function negate(fit: boolean | undefined): boolean | undefined {
  return fit === undefined ? undefined : !fit;
}

function all(fits: readonly (boolean | undefined)[]): boolean | undefined {
  if (fits.includes(false)) return false;
  return fits.includes(undefined) ? undefined : true;
}
