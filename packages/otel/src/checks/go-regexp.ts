/** Flags that Go takes in front of a group and JavaScript does not. */
const flagGroup = /\(\?[imsU]*(?:-[imsU]+)?([:)])/g;

/**
 * Why Go refuses a regular expression, or `undefined` where it takes it or where that is not known here: it has no look-around and no back references, and JavaScript
 * must be able to read what is left.
 *
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function goRegexpProblem(pattern: string): string | undefined {
  // What stands between \Q and \E is itself, whatever it is.
  if (pattern.includes("\\Q")) return undefined;
  const bare = pattern.replace(/\\[^0-9]/gs, "");
  if (/\(\?<?[=!]/.test(bare)) return "there is no look-around";
  if (/\\[1-9]/.test(pattern.replaceAll("\\\\", ""))) return "there are no back references";
  const translated = pattern
    .replace(flagGroup, (_, end: string) => (end === ")" ? "" : "(?:"))
    .replaceAll("(?P<", "(?<");
  try {
    new RegExp(translated);
    return undefined;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return reason.slice(reason.lastIndexOf(": ") + 2).toLowerCase();
  }
}
