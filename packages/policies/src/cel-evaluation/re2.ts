/**
 * A regular expression of CEL, which are those of RE2, for this runtime. Flags at the beginning hold for all of it. Throws a SyntaxError for what RE2 does not have:
 * looking around, and references to groups.
 *
 * @see https://github.com/google/re2/wiki/Syntax
 */
export function re2(pattern: string): RegExp {
  const { flags = "", rest = pattern } = /^\(\?(?<flags>[ims]+)\)(?<rest>[\s\S]*)$/.exec(pattern)?.groups ?? {};
  const source = rest.replace(parts, (part) => {
    if (/^(?:\(\?<?[=!]|\\[1-9])/.test(part)) throw new SyntaxError(`RE2 has no ${part}`);
    return inThisRuntime[part] ?? part;
  });
  return new RegExp(source, [...new Set(flags)].join(""));
}

// An escape, or how a group begins: an escaped parenthesis begins none.
const parts = /\\[\s\S]|\(\?P?<?[=!]?/g;

const inThisRuntime: Readonly<Record<string, string>> = {
  "\\A": "(?<![\\s\\S])",
  "\\z": "(?![\\s\\S])",
  "(?P<": "(?<",
};
