/** Verbs in the words of the legend, in this order; each stands for all of its verbs. */
const words: readonly { readonly word: string; readonly verbs: readonly string[] }[] = [
  { word: "everything", verbs: ["*"] },
  { word: "read", verbs: ["get", "list", "watch"] },
  { word: "change", verbs: ["create", "delete", "patch", "update"] },
  { word: "edit", verbs: ["patch", "update"] },
];

/** Subresources that are acts: to have any verb on one is to do it. */
const acts: ReadonlySet<string> = new Set([
  "attach",
  "ephemeralcontainers",
  "eviction",
  "exec",
  "log",
  "portforward",
  "proxy",
  "token",
]);

/** What verbs on a resource let somebody do: `read, change`, `read, delete`, `yes` for a subresource that is an act. */
export function verbsInWords(resource: string, verbs: ReadonlySet<string>): string {
  if (verbs.size === 0) return "";
  const slash = resource.indexOf("/");
  if (slash > 0 && acts.has(resource.slice(slash + 1))) return "yes";
  const left = new Set(verbs);
  const said: string[] = [];
  for (const { word, verbs: meant } of words) {
    if (!meant.every((verb) => left.has(verb))) continue;
    said.push(word);
    for (const verb of meant) left.delete(verb);
  }
  // A subresource is never listed: to get it is to read it.
  if (slash > 0 && left.delete("get")) said.unshift("read");
  // One of patch and update edits as well as both.
  if (left.delete("patch") || left.delete("update")) said.push("edit");
  return [...said, ...[...left].sort().map((verb) => verb.replace("deletecollection", "delete all at once"))].join(
    ", ",
  );
}

/** What the words mean, for the head of a page. */
export const legend: string =
  "**read** is get, list and watch; **change** is create, update, patch and delete; **edit** is update or patch of what is there; **yes** means that the act named in the row is allowed. An empty cell means no.";
