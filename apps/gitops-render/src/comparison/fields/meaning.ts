import { isRecord } from "@plinth/core";
import { embeddedAt } from "./embedded-documents.ts";
import { listRuleAt } from "./list-rules.ts";
import { below, type Place } from "./place.ts";
import { quantityAt } from "./quantity-fields.ts";

/**
 * A value as a text that is the same for everything that means the same: keys sorted, members sorted where their order has no meaning, amounts in one unit, documents inside
 * texts read.
 */
export function meaningOf(value: unknown, place: Place): string {
  if (typeof value === "string") return meaningOfText(value, place);
  if (Array.isArray(value)) {
    const inside = below(place, "[]");
    const members = value.map((member) => meaningOf(member, inside));
    if (listRuleAt(place)?.ordered === false) members.sort();
    return `[${members.join(",")}]`;
  }
  if (isRecord(value)) {
    const fields = Object.keys(value)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${meaningOf(value[key], below(place, key))}`);
    return `{${fields.join(",")}}`;
  }
  return quantityAt(place, value) ?? JSON.stringify(value) ?? "null";
}

function meaningOfText(text: string, place: Place): string {
  const quantity = quantityAt(place, text);
  if (quantity !== undefined) return quantity;
  const document = embeddedAt(place, text);
  return document === undefined ? JSON.stringify(text) : `<${meaningOf(document.value, document.place)}>`;
}
