import { type Finding, nearestName } from "@plinth/core";
import { re2Problem } from "@plinth/metrics";
import { isOptions } from "../configuration/collector-config.ts";
import type { Options, OptionValue } from "../configuration/component.ts";
import { goDuration } from "../configuration/go-duration.ts";
import { report } from "./rule.ts";

/** What the options at a place must say, beyond their shapes: what a component's own `Validate` asks for, and what it should. */
export type ValueRule = (options: Options, path: string) => readonly Finding[];

const nothing: readonly Finding[] = [];

/** True for a text that the collector fills in when it starts: nothing can be said of it here. */
export function isFilledIn(value: OptionValue | undefined): boolean {
  return typeof value === "string" && /(^|[^$])(\$\$)*\$\{/.test(value);
}

const isGiven = (value: OptionValue | undefined): boolean =>
  value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0);

function wrong(path: string, message: string, expected: string, example?: string): readonly Finding[] {
  return [report("valid-option", path, { message, expected, ...(example === undefined ? {} : { example }) })];
}

/** A number, or the milliseconds of a duration. */
function quantityOf(value: OptionValue | undefined): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" ? goDuration(value) : undefined;
}

/** One of several options is there, and says something. */
export function needs(names: readonly [string, ...string[]], message: string, example: string): ValueRule {
  return (options, path) =>
    names.some((name) => isGiven(options[name]))
      ? nothing
      : wrong(`${path}.${names[0]}`, message, names.length === 1 ? names[0] : `one of ${names.join(", ")}`, example);
}

/** At most one of several options is there. */
export function notTogether(names: readonly [string, string, ...string[]]): ValueRule {
  return (options, path) => {
    const given = names.filter((name) => isGiven(options[name]) || isOptions(options[name]));
    return given.length < 2
      ? nothing
      : wrong(`${path}.${given[1]}`, `${given.join(" and ")} are both there`, `one of ${names.join(", ")}`);
  };
}

/** A text from a list, in any case where the component does not care. */
export function oneOf(
  name: string,
  allowed: readonly string[],
  { anyCase = false }: { readonly anyCase?: boolean } = {},
): ValueRule {
  return (options, path) => {
    const value = options[name];
    if (typeof value !== "string" || value === "" || isFilledIn(value)) return nothing;
    if (allowed.includes(anyCase ? value.toLowerCase() : value)) return nothing;
    const nearest = nearestName(value, allowed);
    return wrong(`${path}.${name}`, `is ${JSON.stringify(value)}`, `one of ${allowed.join(", ")}`, nearest);
  };
}

/** Every text of a list is from a list. */
export function eachOneOf(name: string, allowed: readonly string[]): ValueRule {
  return (options, path) =>
    textsOf(options[name]).flatMap(([value, index]) => {
      if (isFilledIn(value) || allowed.includes(value)) return [];
      return wrong(
        `${path}.${name}[${index}]`,
        `is ${JSON.stringify(value)}`,
        `one of ${allowed.join(", ")}`,
        nearestName(value, allowed),
      );
    });
}

/** A number or a duration within limits; what is not there, or is filled in, is not looked at. */
export function within(
  name: string,
  limits: { readonly atLeast?: number; readonly above?: number; readonly atMost?: number },
  example: string,
): ValueRule {
  const expected = [
    ...(limits.atLeast === undefined ? [] : [`at least ${limits.atLeast}`]),
    ...(limits.above === undefined ? [] : [`above ${limits.above}`]),
    ...(limits.atMost === undefined ? [] : [`at most ${limits.atMost}`]),
  ].join(", ");
  return (options, path) => {
    const value = quantityOf(options[name]);
    if (value === undefined) return nothing;
    const { atLeast = -Infinity, above = -Infinity, atMost = Infinity } = limits;
    return value >= atLeast && value > above && value <= atMost
      ? nothing
      : wrong(`${path}.${name}`, `is ${String(options[name])}`, expected, example);
  };
}

/** One quantity is not below another, each with the component's default where it is not there; a limit of 0 is none. */
export function notBelow(
  name: string,
  other: string,
  {
    defaults = {},
    zeroIsNone = false,
  }: { readonly defaults?: Readonly<Record<string, number>>; readonly zeroIsNone?: boolean } = {},
): ValueRule {
  return (options, path) => {
    if (options[name] === undefined && options[other] === undefined) return nothing;
    const value = options[name] === undefined ? defaults[name] : quantityOf(options[name]);
    const least = options[other] === undefined ? defaults[other] : quantityOf(options[other]);
    if (value === undefined || least === undefined || value >= least || (zeroIsNone && value === 0)) return nothing;
    const said =
      options[other] === undefined
        ? `${other} is ${defaults[other]} by default`
        : `${other} is ${String(options[other])}`;
    return wrong(`${path}.${name}`, `is ${String(options[name] ?? value)}, and ${said}`, `at least ${other}`);
  };
}

/** Texts of a list that are regular expressions of Go. */
export function regexps(name: string): ValueRule {
  return (options, path) =>
    (typeof options[name] === "string" ? [[options[name], undefined] as const] : textsOf(options[name])).flatMap(
      ([text, index]) => {
        const problem = isFilledIn(text) ? undefined : re2Problem(text.replaceAll("$$", "$"));
        if (problem === undefined) return [];
        return wrong(
          index === undefined ? `${path}.${name}` : `${path}.${name}[${index}]`,
          `${JSON.stringify(text)} is no regular expression of Go: ${problem}`,
          "the syntax of RE2: https://github.com/google/re2/wiki/Syntax",
        );
      },
    );
}

/** `host:port` with a number as port; `http://`, `https://` and `dns://` may stand before it, and `unix://` in place of it. */
export function hostAndPort(name: string): ValueRule {
  return (options, path) => {
    const value = options[name];
    if (typeof value !== "string" || value === "" || isFilledIn(value) || /^unix:\/\/.+/.test(value)) return nothing;
    const bare = value.replace(/^https?:\/\//, "").replace(/^dns:\/\/[^/]*\/?/, "");
    const port = /^(?:\[[^\]]*\]|[^:]*):(\d+)$/.exec(bare)?.[1];
    return port !== undefined && Number(port) <= 65_535
      ? nothing
      : wrong(
          `${path}.${name}`,
          `is ${JSON.stringify(value)}`,
          "a host and the number of a port",
          "tempo.monitoring.svc:4317",
        );
  };
}

/** An absolute URL of HTTP. */
export function webAddress(name: string): ValueRule {
  return (options, path) => {
    const value = options[name];
    if (typeof value !== "string" || value === "" || isFilledIn(value)) return nothing;
    return /^https?:\/\//.test(value) && URL.canParse(value)
      ? nothing
      : wrong(
          `${path}.${name}`,
          `is ${JSON.stringify(value)}`,
          "a URL that begins with http:// or https://",
          "http://loki-gateway.monitoring.svc/otlp",
        );
  };
}

/** Rules for the options below an option, where they are there. */
export function inside(name: string, ...rules: readonly ValueRule[]): ValueRule {
  return (options, path) => {
    const value = options[name];
    return isOptions(value) ? rules.flatMap((rule) => rule(value, `${path}.${name}`)) : nothing;
  };
}

/** Rules for each entry of a list of options. */
export function each(name: string, ...rules: readonly ValueRule[]): ValueRule {
  return (options, path) => {
    const value = options[name];
    if (!Array.isArray(value)) return nothing;
    return value.flatMap((entry: OptionValue, index) =>
      isOptions(entry) ? rules.flatMap((rule) => rule(entry, `${path}.${name}[${index}]`)) : [],
    );
  };
}

/** Rules for each value of a map of options. */
export function eachNamed(name: string, ...rules: readonly ValueRule[]): ValueRule {
  return (options, path) => {
    const value = options[name];
    if (!isOptions(value)) return nothing;
    return Object.entries(value).flatMap(([key, entry]) =>
      isOptions(entry) ? rules.flatMap((rule) => rule(entry, `${path}.${name}.${key}`)) : [],
    );
  };
}

/** Rules that hold where a condition does. */
export function when(condition: (options: Options) => boolean, ...rules: readonly ValueRule[]): ValueRule {
  return (options, path) => (condition(options) ? rules.flatMap((rule) => rule(options, path)) : nothing);
}

/** No two entries of a list have one value of an option. */
export function distinct(name: string, key: string, what: string): ValueRule {
  return (options, path) => {
    const value = options[name];
    if (!Array.isArray(value)) return nothing;
    const keys = value.map((entry: OptionValue) => (isOptions(entry) ? entry[key] : undefined));
    return keys.flatMap((entry, index) =>
      isGiven(entry) && keys.indexOf(entry) < index
        ? wrong(
            `${path}.${name}[${index}].${key}`,
            `two ${what} are called ${JSON.stringify(entry)}`,
            "a name of its own for each",
          )
        : [],
    );
  };
}

/** No two texts of a list are equal, whatever their case. */
export function distinctTexts(name: string): ValueRule {
  return (options, path) => {
    const texts = textsOf(options[name]).map(([text]) => text.toLowerCase());
    return texts.flatMap((text, index) =>
      texts.indexOf(text) < index
        ? wrong(`${path}.${name}[${index}]`, `${JSON.stringify(text)} stands there twice`, "each once")
        : [],
    );
  };
}

function textsOf(value: OptionValue | undefined): readonly (readonly [text: string, index: number])[] {
  return Array.isArray(value)
    ? value.flatMap((text: OptionValue, index) => (typeof text === "string" ? [[text, index] as const] : []))
    : [];
}
