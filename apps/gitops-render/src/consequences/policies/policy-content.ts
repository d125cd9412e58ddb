import { fieldAt, isRecord, listAt, type Resource, textAt, textsAt } from "@plinth/core";
import { distinct } from "../words.ts";

/** What a policy object says, part by part, in a form in which the same says the same. */
export interface PolicyContent {
  /** `CREATE of pods`, `deployments as pods`: what it looks at. */
  readonly match: ReadonlySet<string>;
  /** Expressions and whatever else decides, by their places: `variables.offenders`. */
  readonly deciding: ReadonlyMap<string, string>;
  readonly messages: ReadonlyMap<string, string>;
  readonly failurePolicy: string;
  /** Seconds; left out where the API server's own holds. */
  readonly timeout?: number;
  /** Of a clean-up. */
  readonly schedule: string;
}

/** Fields that are read on their own, or that change nothing about what is decided. */
const readElsewhere: ReadonlySet<string> = new Set([
  "autogen",
  "evaluation",
  "failurePolicy",
  "matchConditions",
  "matchConstraints",
  "schedule",
  "validationActions",
  "validations",
  "variables",
  "webhookConfiguration",
]);

/** Plinth's policies that refuse let pass what an update leaves as it is; those that only report do not: that comes with the action. */
const unchanged = "unchanged";

/** Reads a policy of Kyverno or of the API server. */
export function policyContent({ spec }: Resource): PolicyContent {
  const deciding = new Map<string, string>();
  const messages = new Map<string, string>();
  for (const list of ["matchConditions", "variables", "conditions"])
    for (const entry of listAt(spec, list)) {
      const name = textAt(entry, "name");
      if (list !== "variables" || name !== unchanged) deciding.set(`${list}.${name}`, textAt(entry, "expression"));
    }
  listAt(spec, "validations").forEach((validation, index) => {
    const expression = textAt(validation, "expression").replace(new RegExp(`^variables\\.${unchanged} \\|\\| `), "");
    deciding.set(`validations[${index}]`, expression);
    messages.set(`${index}`, textAt(validation, "messageExpression") || textAt(validation, "message"));
  });
  const constraints = fieldAt(spec, "matchConstraints");
  for (const field of ["objectSelector", "excludeResourceRules"]) {
    const value = fieldAt(constraints, field);
    if (value !== undefined && !isEmpty(value)) deciding.set(field, canonical(value));
  }
  if (isRecord(spec))
    for (const [field, value] of Object.entries(spec))
      if (!readElsewhere.has(field) && field !== "conditions") deciding.set(field, canonical(value));
  const timeout = fieldAt(spec, "webhookConfiguration", "timeoutSeconds");
  return {
    match: new Set([
      ...listAt(constraints, "resourceRules").flatMap((rule) =>
        textsAt(rule, "resources").flatMap((resource) =>
          textsAt(rule, "apiGroups").flatMap((group) =>
            textsAt(rule, "operations").map(
              (operation) => `${operation} of ${group === "" ? resource : `${resource}.${group}`}`,
            ),
          ),
        ),
      ),
      ...textsAt(spec, "autogen", "podControllers", "controllers").map((controller) => `pods made by ${controller}`),
    ]),
    deciding,
    messages,
    failurePolicy: textAt(spec, "failurePolicy") || "Fail",
    ...(typeof timeout === "number" ? { timeout } : {}),
    schedule: textAt(spec, "schedule"),
  };
}

/** Everything that a policy says, to tell one that was only renamed. */
export function contentKey({ match, deciding, messages, failurePolicy, schedule }: PolicyContent): string {
  return JSON.stringify([distinct(match), [...deciding].sort(), [...messages], failurePolicy, schedule]);
}

/** Places of expressions that differ, and the texts that come and go in them. */
export interface ExpressionChange {
  readonly places: readonly string[];
  readonly details: readonly string[];
}

/** What decides otherwise; nothing where all is the same, but for white space. */
export function expressionChange(before: PolicyContent, after: PolicyContent): ExpressionChange | undefined {
  const places = distinct([...before.deciding.keys(), ...after.deciding.keys()]).filter(
    (place) => squeezed(before.deciding.get(place)) !== squeezed(after.deciding.get(place)),
  );
  if (places.length === 0) return undefined;
  const literals = (content: PolicyContent): ReadonlySet<string> =>
    new Set(
      places.flatMap((place) => {
        const text = content.deciding.get(place) ?? "";
        return isExpression(place) ? literalsOf(text) : linesOf(text);
      }),
    );
  const was = literals(before);
  const is = literals(after);
  const more = distinct(is).filter((text) => !was.has(text));
  const less = distinct(was).filter((text) => !is.has(text));
  return {
    places,
    details: [...more.map((text) => `names ${text}`), ...less.map((text) => `no longer names ${text}`)],
  };
}

function isExpression(place: string): boolean {
  return /^(?:variables|matchConditions|conditions)\.|^validations\[/.test(place);
}

/** The texts of other data, line by line: a template says what it makes. */
function linesOf(text: string): readonly string[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return [text];
  }
  const leaves = (part: unknown): readonly unknown[] =>
    typeof part === "object" && part !== null ? Object.values(part).flatMap(leaves) : [part];
  return leaves(value)
    .flatMap((leaf) =>
      String(leaf)
        .split("\n")
        .map((line) => line.trim()),
    )
    .filter((line) => line !== "");
}

/** Texts and numbers of an expression: the values that somebody chose. */
export function literalsOf(expression: string): readonly string[] {
  return [...expression.matchAll(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\b\d+(?:\.\d+)?\b/g)].map(([text]) => text);
}

function squeezed(expression: string | undefined): string | undefined {
  return expression?.replace(/\s+/g, " ").trim();
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) ? value.length === 0 : isRecord(value) && Object.keys(value).length === 0;
}

/** The same text for the same data, whatever the order of its keys. */
export function canonical(value: unknown): string {
  if (typeof value === "string") return value;
  return JSON.stringify(value, (_, inner: unknown) =>
    isRecord(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}
