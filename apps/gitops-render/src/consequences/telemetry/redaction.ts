import { fieldAt, textsAt } from "@plinth/core";
import type { CollectorConfig } from "@plinth/otel";
import type { Consequence } from "../consequence.ts";
import type { About } from "../whole/about.ts";
import { listed, sameData, without } from "../whole/pairs.ts";
import { typeOf } from "./rendered-collector.ts";

/** What a collector masks: each a fact that may be lost. */
interface Masks {
  /** Signals whose pipelines mask. */
  readonly signals: readonly string[];
  /** Keys and values that are masked: the alternatives of the expressions. */
  readonly patterns: readonly string[];
  /** Keys that are kept as they come. */
  readonly ignored: readonly string[];
  /** All keys are kept that no expression masks. */
  readonly allowsAll: boolean;
  /** Everything that masking is set to, for what the rest does not show. */
  readonly options: unknown;
}

/** What is masked no more, and what is masked from now on. */
export function redactionChanges(
  base: About,
  collector: string,
  before: CollectorConfig,
  after: CollectorConfig,
): readonly Consequence[] {
  const [was, is] = [masksOf(before), masksOf(after)];
  const lost = [
    ...without(was.signals, is.signals).map((signal) => `${signal} are masked no more`),
    ...without(was.patterns, is.patterns).map((pattern) => `${pattern} is masked no more`),
    ...without(is.ignored, was.ignored).map((key) => `${key} is kept as it comes`),
    ...(is.allowsAll && !was.allowsAll ? ["every key is kept that nothing masks"] : []),
  ];
  const won = [
    ...without(is.signals, was.signals).map((signal) => `${signal} are masked`),
    ...without(is.patterns, was.patterns).map((pattern) => `${pattern} is masked`),
    ...without(was.ignored, is.ignored).map((key) => `${key} is looked at`),
    ...(was.allowsAll && !is.allowsAll ? ["keys are kept only when they are named"] : []),
  ];
  const subject = `redaction in ${collector}`;
  const told: readonly Consequence[] = [
    ...(lost.length === 0
      ? []
      : [
          {
            rule: "redaction-loosened" as const,
            ...base,
            subject,
            text: `masks less: ${shortly(lost)}`,
            details: lost,
          },
        ]),
    ...(won.length === 0
      ? []
      : [
          { rule: "redaction-tightened" as const, ...base, subject, text: `masks more: ${shortly(won)}`, details: won },
        ]),
  ];
  if (told.length > 0 || sameData(was.options, is.options)) return told;
  return [{ rule: "redaction-changed", ...base, subject, text: "works in another way", details: [] }];
}

/** Long expressions stand in the details. */
function shortly(facts: readonly string[]): string {
  const short = facts.filter((fact) => fact.length <= 60);
  const longer = facts.length - short.length;
  const counted = longer === 0 ? [] : [`${longer} longer ${longer === 1 ? "expression" : "expressions"}`];
  return short.length > 3 ? `${facts.length} changes` : listed([...short, ...counted]);
}

/** True for a processor that masks: the redaction processor, and statements that are named after it. */
export function isRedaction(id: string): boolean {
  return typeOf(id) === "redaction" || id.endsWith("/redaction");
}

function masksOf({ processors = {}, service }: CollectorConfig): Masks {
  const masking = Object.entries(processors).filter(([id]) => typeOf(id) === "redaction");
  const used = Object.entries(service.pipelines).filter(([, { processors: ids = [] }]) => ids.some(isRedaction));
  return {
    signals: [...new Set(used.map(([pipeline]) => typeOf(pipeline)))].sort(),
    patterns: masking.flatMap(([, options]) =>
      [...textsAt(options, "blocked_key_patterns"), ...textsAt(options, "blocked_values")].flatMap(alternativesOf),
    ),
    ignored: masking.flatMap(([, options]) => [
      ...textsAt(options, "ignored_keys"),
      ...textsAt(options, "allowed_keys"),
    ]),
    allowsAll: masking.some(([, options]) => fieldAt(options, "allow_all_keys") === true),
    options: Object.entries(processors).filter(([id]) => isRedaction(id)),
  };
}

/** The members of an expression's longest group: what a person put on the list. The expression itself where it has no list of three. */
function alternativesOf(pattern: string): readonly string[] {
  const groups = [...pattern.matchAll(/\((?:\?:)?((?:[^()\\]|\\.|\[[^\]]*\]|\((?:[^()\\]|\\.)*\))*)\)/g)].map(
    ([, inner = ""]) => inner.split("|"),
  );
  const longest = groups.toSorted((a, b) => b.length - a.length)[0] ?? [];
  return longest.length < 3 ? [pattern] : longest;
}
