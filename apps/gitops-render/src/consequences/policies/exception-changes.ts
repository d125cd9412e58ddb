import { listAt, type Resource, textAt, textMapAt } from "@plinth/core";
import type { ObjectChange, TreeComparison, TreeObject } from "../../comparison/tree-comparison.ts";
import { changedObjects, changesOf } from "../changed-objects.ts";
import type { Consequence } from "../consequence.ts";
import { distinct, inWords } from "../words.ts";
import { policyName } from "./judging-policies.ts";
import { literalsOf } from "./policy-content.ts";

/**
 * What policies let pass from now on, and what no longer.
 *
 * @param today With it, an exception that comes and is over already is told as that: `2026-11-22`.
 */
export function exceptionChanges(
  comparison: TreeComparison,
  environment: string,
  today: string | undefined,
): readonly Consequence[] {
  const changes = changesOf(comparison, environment, "policies.kyverno.io/PolicyException");
  const renamed = renamedExceptions(changes);
  return changes
    .filter((change) => !renamed.has(change))
    .flatMap((change) => changesOfException(change, environment, today));
}

interface Exception {
  readonly policies: readonly string[];
  /** By the name of the condition. */
  readonly conditions: ReadonlyMap<string, string>;
  /** The instant at which it ends; left out for one without an end. */
  readonly ends?: string;
  readonly properties: Readonly<Record<string, string>>;
}

function readException({ spec }: Resource): Exception {
  const ends = textAt(spec, "expiresAt");
  return {
    policies: distinct(listAt(spec, "policyRefs").map((reference) => policyName(textAt(reference, "name")))),
    conditions: new Map(
      listAt(spec, "matchConditions").map((condition) => [
        textAt(condition, "name"),
        textAt(condition, "expression").replace(/\s+/g, " "),
      ]),
    ),
    ...(ends === "" ? {} : { ends }),
    properties: textMapAt(spec, "properties"),
  };
}

/** Both halves of each exception that only has another name. */
function renamedExceptions(changes: readonly ObjectChange[]): ReadonlySet<ObjectChange> {
  const keyOf = ({ resource }: TreeObject): string => {
    const { policies, conditions, ends, properties } = readException(resource);
    return JSON.stringify([policies, [...conditions], ends, Object.entries(properties).sort()]);
  };
  const gone = new Map(
    changes.flatMap((change) =>
      change.before !== undefined && change.after === undefined ? [[keyOf(change.before), change] as const] : [],
    ),
  );
  return new Set(
    changes.flatMap((change) => {
      if (change.before !== undefined || change.after === undefined) return [];
      const old = gone.get(keyOf(change.after));
      return old === undefined ? [] : [change, old];
    }),
  );
}

function changesOfException(
  change: ObjectChange,
  environment: string,
  today: string | undefined,
): readonly Consequence[] {
  const { before, after } = change;
  const there = after ?? before;
  if (there === undefined) return [];
  const exception = readException(there.resource);
  const { owner } = exception.properties;
  const about = {
    environment,
    ...(owner === undefined || owner === "" ? {} : { team: owner }),
    subject: `exception ${there.resource.metadata.name}`,
    ...changedObjects([change]),
  };
  const details = [
    ...conditionsInWords(exception),
    ...Object.entries(exception.properties).map(([name, value]) => `${name}: ${value}`),
  ];
  const lets = `what ${inWords(exception.policies)} ${exception.policies.length === 1 ? "finds" : "find"} fault with`;
  if (before === undefined)
    return [{ rule: "exception-added", ...about, text: `lets pass ${lets}, ${endOf(exception, today)}`, details }];
  if (after === undefined)
    return [
      { rule: "exception-removed", ...about, text: `no longer lets pass ${lets}, ${endOf(exception, today)}`, details },
    ];
  return [
    ...scopeChanges(readException(before.resource), exception, about),
    ...endChanges(readException(before.resource), exception, about, today),
    ...propertyChanges(readException(before.resource), exception, about),
  ];
}

type About = Omit<Consequence, "rule" | "text" | "details">;

/** `until 2027-11-19`: the last day on which it holds. */
function endOf({ ends }: Exception, today: string | undefined): string {
  if (ends === undefined) return "without an end";
  const instant = Date.parse(ends);
  if (Number.isNaN(instant)) return `until ${ends}`;
  const day = new Date(instant - 1).toISOString().slice(0, 10);
  return today !== undefined && day < today ? `which is over since ${day}` : `until ${day}`;
}

function endChanges(was: Exception, is: Exception, about: About, today: string | undefined): readonly Consequence[] {
  if (was.ends === is.ends) return [];
  // One without an end is longer than any other.
  const longer = is.ends === undefined || (was.ends !== undefined && is.ends > was.ends);
  return [
    {
      rule: longer ? "exception-extended" : "exception-shortened",
      ...about,
      text: `holds ${endOf(is, today)} instead of ${endOf(was, undefined)}`,
      details: [],
    },
  ];
}

function scopeChanges(was: Exception, is: Exception, about: About): readonly Consequence[] {
  const more = {
    policies: missing(was.policies, is.policies),
    // All conditions hold at once: one less is more that passes.
    conditions: missing([...is.conditions.keys()], [...was.conditions.keys()]),
    values: missing(valuesOf(was), valuesOf(is)),
  };
  const less = {
    policies: missing(is.policies, was.policies),
    conditions: missing([...was.conditions.keys()], [...is.conditions.keys()]),
    values: missing(valuesOf(is), valuesOf(was)),
  };
  const wider = [
    ...more.policies.map((name) => `also for ${name}`),
    ...more.conditions.map((name) => `without the condition ${name}`),
    ...(more.conditions.length + less.conditions.length > 0 ? [] : more.values.map((value) => `also for ${value}`)),
  ];
  const narrower = [
    ...less.policies.map((name) => `no longer for ${name}`),
    ...less.conditions.map((name) => `only on the condition ${name}`),
    ...(more.conditions.length + less.conditions.length > 0
      ? []
      : less.values.map((value) => `no longer for ${value}`)),
  ];
  const reads = (exception: Exception): string => JSON.stringify([...exception.conditions]);
  const details = reads(was) === reads(is) ? [] : conditionsInWords(is);
  if (wider.length > 0 && narrower.length === 0)
    return [{ rule: "exception-widened", ...about, text: `holds ${inWords(wider)}`, details }];
  if (narrower.length > 0 && wider.length === 0)
    return [{ rule: "exception-narrowed", ...about, text: `holds ${inWords(narrower)}`, details }];
  if (wider.length === 0 && reads(was) === reads(is)) return [];
  return [
    {
      rule: "exception-moved",
      ...about,
      text: `holds ${inWords([...wider, ...narrower]) || "on other conditions"}`,
      details,
    },
  ];
}

function propertyChanges(was: Exception, is: Exception, about: About): readonly Consequence[] {
  const changed = distinct([...Object.keys(was.properties), ...Object.keys(is.properties)]).filter(
    (name) => was.properties[name] !== is.properties[name],
  );
  return changed.length === 0
    ? []
    : [
        {
          rule: "exception-reason-changed",
          ...about,
          text: `has another ${inWords(changed)}`,
          details: changed.map(
            (name) => `${name}: ${is.properties[name] ?? "none"} instead of ${was.properties[name] ?? "none"}`,
          ),
        },
      ];
}

function missing(here: readonly string[], there: readonly string[]): readonly string[] {
  const held = new Set(here);
  return distinct(there).filter((text) => !held.has(text));
}

/** The names that conditions compare with: namespaces, objects, images. */
function valuesOf({ conditions }: Exception): readonly string[] {
  const texts = new Set([...conditions.values()].flatMap(literalsOf));
  // What a Deployment makes has its name and more: that is no other name.
  return distinct(texts).filter(
    (text) => text.length > 2 && !(text.endsWith("-'") && texts.has(text.replace(/-'$/, "'"))),
  );
}

function conditionsInWords({ conditions }: Exception): readonly string[] {
  return conditions.size === 0
    ? ["for every object"]
    : [...conditions].map(([name, expression]) => `${name}: ${expression}`);
}
