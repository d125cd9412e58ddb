/** Where a value stands, without places in lists: what rules about fields are looked up by. */
export interface Place {
  /** The kind of the object, or of the document inside it: `Deployment`, `dashboard`. */
  readonly document: string;
  /** A field's name, `[]` for the members of a list; left out at the root. */
  readonly token?: string;
  readonly above?: Place;
}

/** A rule about the fields whose path ends in a way. */
export interface PlaceRule {
  /** The end of the path: `containers[].env`, `spec.hard.*`. `*` is any one field, a leading `^` the root of the object. */
  readonly at: string;
  /** Kinds, or documents inside objects, that it holds for. @default all */
  readonly in?: readonly string[];
}

/** The root of an object. */
export function rootPlace(document: string): Place {
  return { document };
}

/** One step down. */
export function below(above: Place, token: string): Place {
  return { document: above.document, token, above };
}

/**
 * Looks rules up by place. Of several that match, the first of the table holds.
 *
 * @example
 * const ruleAt = rulesByPlace([{ at: "args" }]);
 */
export function rulesByPlace<Rule extends PlaceRule>(rules: readonly Rule[]): (place: Place) => Rule | undefined {
  const byLastToken = new Map<string, { readonly rule: Rule; readonly tokens: readonly string[] }[]>();
  for (const rule of rules) {
    const tokens = tokensOf(rule.at);
    const last = tokens.at(-1) ?? "";
    const known = byLastToken.get(last);
    if (known === undefined) byLastToken.set(last, [{ rule, tokens }]);
    else known.push({ rule, tokens });
  }
  const any = byLastToken.get("*") ?? [];
  return (place) =>
    [...(byLastToken.get(place.token ?? "") ?? []), ...any].find(
      ({ rule, tokens }) => (rule.in === undefined || rule.in.includes(place.document)) && endsWith(place, tokens),
    )?.rule;
}

/** `^spec.rules[].verbs` as `^`, `spec`, `rules`, `[]`, `verbs`. */
function tokensOf(path: string): readonly string[] {
  return path
    .replaceAll("[]", ".[]")
    .replace(/^\^/, "^.")
    .split(".")
    .filter((token) => token !== "");
}

function endsWith(place: Place, tokens: readonly string[]): boolean {
  let at: Place | undefined = place;
  for (let position = tokens.length - 1; position >= 0; position--) {
    const token = tokens[position];
    if (token === "^") return at !== undefined && at.token === undefined;
    if (at?.token === undefined) return false;
    if (token !== "*" && token !== at.token) return false;
    at = at.above;
  }
  return true;
}
