import { isDeepStrictEqual } from "node:util";
import { fieldAt, isRecord } from "@plinth/core";
import type { RuleOrigin } from "@plinth/slo";

/** Who made the rules, as their first `sloth_slo_info` says. */
export function originOf(groups: unknown): RuleOrigin {
  const info = (Array.isArray(groups) ? groups : [])
    .flatMap((group): unknown => fieldAt(group, "rules") ?? [])
    .find((rule) => fieldAt(rule, "record") === "sloth_slo_info");
  const label = (name: string): string => String(fieldAt(info, "labels", name) ?? "");
  return { version: label("sloth_version"), mode: label("sloth_mode"), spec: label("sloth_spec") };
}

/** The first place where two values differ, `[0].rules[3].expr: "a" instead of "b"`; `undefined` where they are equal. */
export function firstDifference(value: unknown, expected: unknown, path = ""): string | undefined {
  if (isDeepStrictEqual(value, expected)) return undefined;
  if (Array.isArray(value) && Array.isArray(expected))
    return Array.from({ length: Math.max(value.length, expected.length) }, (_, index) =>
      firstDifference(value[index], expected[index], `${path}[${index}]`),
    ).find((difference) => difference !== undefined);
  if (isRecord(value) && isRecord(expected))
    return Object.keys({ ...value, ...expected })
      .map((key) => firstDifference(value[key], expected[key], `${path}.${key}`))
      .find((difference) => difference !== undefined);
  return `${path}: ${JSON.stringify(value)} instead of ${JSON.stringify(expected)}`;
}
