import type { PolicyRule } from "../roles/policy-rule.ts";

/**
 * A rule in one line: `get, list pods and pods/log`, `patch deployments.apps named web`, `get /healthz`.
 *
 * @example
 * describeRule({ apiGroups: ["apps"], resources: ["deployments"], verbs: ["patch"] }); // "patch deployments.apps"
 */
export function describeRule({
  apiGroups = [],
  resources = [],
  resourceNames = [],
  nonResourceURLs = [],
  verbs,
}: PolicyRule): string {
  const what = apiGroups.flatMap((group) =>
    resources.map((resource) => (group === "" ? resource : `${resource}.${group}`)),
  );
  const named = resourceNames.length === 0 ? "" : ` named ${inWords(resourceNames)}`;
  return `${verbs.join(", ")} ${inWords([...what, ...nonResourceURLs])}${named}`;
}

/** `a`, `a and b`, `a, b and c`; of many, the first and how many more. */
export function inWords(texts: readonly string[], most = 6): string {
  if (texts.length > most) return `${texts.slice(0, most).join(", ")} and ${texts.length - most} more`;
  return texts.length < 2 ? texts.join("") : `${texts.slice(0, -1).join(", ")} and ${texts.at(-1)}`;
}
