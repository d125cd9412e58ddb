import { type Finding, nearestName } from "@plinth/core";
import { isOptions, sectionOfKind } from "../configuration/collector-config.ts";
import { type OptionValue, typeOf } from "../configuration/component.ts";
import { currentType } from "../configuration/component-types.ts";
import { goDuration } from "../configuration/go-duration.ts";
import { type CheckedConfig, configuredComponents } from "./checked-config.ts";
import type { OptionShape, ScalarShape } from "./option-shape.ts";
import { optionShapeOf, optionShapesVersion } from "./option-shapes.ts";
import { report } from "./rule.ts";
import { isFilledIn } from "./value-rule.ts";

/**
 * Each option is one that its component has, and of the type that it reads. The options are those of one release: a configuration for another is not looked at
 * here, and neither are components that were given as plain data.
 */
export function checkOptionTypes(checked: CheckedConfig): Finding[] {
  if (checked.version !== optionShapesVersion) return [];
  return configuredComponents(checked).flatMap(({ id, kind, path }) => {
    const written = typeOf(id);
    if (checked.plainTypes[kind].has(written)) return [];
    const shape = optionShapeOf(kind, currentType(kind, written));
    const options = checked.config[sectionOfKind[kind]]?.[id];
    return shape === undefined || options === undefined ? [] : misfits(options, shape, path);
  });
}

/** What of a value is not of a shape. Nothing at all fits everywhere: it is the default. */
function misfits(value: OptionValue, shape: OptionShape, path: string): Finding[] {
  if (value === null || isFilledIn(value)) return [];
  if (typeof shape === "string") return scalarMisfit(value, shape, path);
  if ("list" in shape) {
    // The collector takes a text for a list of texts, and parts it at commas.
    if (typeof value === "string" && shape.list === "text") return [];
    if (!Array.isArray(value)) return wrongType(value, "a list", path);
    return value.flatMap((member: OptionValue, index) => misfits(member, shape.list, `${path}[${index}]`));
  }
  if (!isOptions(value)) return wrongType(value, "options", path);
  if ("map" in shape)
    return Object.entries(value).flatMap(([key, member]) => misfits(member, shape.map, `${path}.${key}`));
  return Object.entries(value).flatMap(([option, member]) => {
    const known = Object.hasOwn(shape.options, option) ? shape.options[option] : shape.others;
    return known === undefined
      ? [unknownOption(option, Object.keys(shape.options), path)]
      : misfits(member, known, `${path}.${option}`);
  });
}

const descriptions: Readonly<Record<ScalarShape, string>> = {
  text: "a text",
  whole: "a whole number",
  count: "a whole number, not below 0",
  number: "a number",
  flag: "true or false",
  duration: "a duration with its unit: 200ms, 30s, 5m, 1h",
  atom: "a text or a number",
  pairs: "texts by name",
  any: "anything",
};

const fits: Readonly<Record<ScalarShape, (value: OptionValue) => boolean>> = {
  text: (value) => typeof value === "string",
  whole: (value) => Number.isInteger(value),
  count: (value) => typeof value === "number" && Number.isInteger(value) && value >= 0,
  number: (value) => typeof value === "number",
  flag: (value) => typeof value === "boolean",
  // A number would be read, as nanoseconds: nobody means that.
  duration: (value) => typeof value === "string" && goDuration(value) !== undefined,
  pairs: (value) =>
    Array.isArray(value)
      ? value.every((pair: OptionValue) => isOptions(pair))
      : isOptions(value) && Object.values(value).every((text) => text === null || typeof text === "string"),
  atom: (value) => typeof value === "string" || typeof value === "number",
  any: () => true,
};

function scalarMisfit(value: OptionValue, shape: ScalarShape, path: string): Finding[] {
  return fits[shape](value) ? [] : wrongType(value, descriptions[shape], path);
}

function wrongType(value: OptionValue, expected: string, path: string): Finding[] {
  return [report("option-type", path, { message: `is ${describe(value)}`, expected })];
}

function describe(value: OptionValue): string {
  if (Array.isArray(value)) return "a list";
  return isOptions(value) ? "options" : JSON.stringify(value);
}

function unknownOption(option: string, known: readonly string[], path: string): Finding {
  const nearest = nearestName(option, known);
  return report("known-option", `${path}.${option}`, {
    message: `there is no option ${JSON.stringify(option)}`,
    expected:
      nearest === undefined
        ? known.length === 0
          ? "no options"
          : `one of ${[...known].sort().join(", ")}`
        : `perhaps ${nearest}`,
    ...(nearest === undefined ? {} : { example: nearest }),
  });
}
