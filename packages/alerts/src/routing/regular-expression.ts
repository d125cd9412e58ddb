/**
 * Alertmanager's regular expressions are Go's (RE2). Those that JavaScript reads in the same way are translated, the rest is refused: a routing
 * evaluator that guesses is worse than none.
 *
 * @see https://github.com/google/re2/wiki/Syntax
 */

// Escapes with the same meaning in both: \s is not among them, JavaScript's takes Unicode spaces too.
const sharedEscapes: ReadonlySet<string> = new Set([..."dDwWntrfv"]);
const boundaryEscapes: ReadonlySet<string> = new Set([..."bB"]);
// Go refuses more repetitions: regexp/syntax, maxRepeat through parser.repeat.
const MAX_REPETITIONS = 1000;

/**
 * A regular expression that must match the whole value, as Alertmanager anchors it. `undefined` when it does not parse, or when Go and
 * JavaScript would read it differently: flags, named groups, Unicode and POSIX classes, `\s`, back references, look-around.
 */
export function anchoredExpression(pattern: string): RegExp | undefined {
  const source = translate([...pattern]);
  if (source === undefined) return undefined;
  try {
    return new RegExp(`^(?:${source})$`, "u");
  } catch {
    return undefined;
  }
}

function translate(characters: readonly string[]): string | undefined {
  let source = "";
  let inClass = false;
  for (let index = 0; index < characters.length; index++) {
    const character = characters[index] ?? "";
    const next = characters[index + 1];
    if (character === "\\") {
      const escaped = next === undefined ? undefined : translateEscape(next, inClass);
      if (escaped === undefined) return undefined;
      source += escaped;
      index++;
    } else if (inClass) {
      // `[[:alpha:]]` is a class of its own in Go and four characters in JavaScript.
      if (character === "[" && next === ":") return undefined;
      source += character;
      inClass = character !== "]";
    } else if (character === "[") {
      const negated = next === "^";
      if (negated) index++;
      // Go reads a bracket in first place as itself, JavaScript as the end.
      if (characters[index + 1] === "]") return undefined;
      source += negated ? "[^" : "[";
      inClass = true;
    } else if (character === "(" && next === "?" && characters[index + 2] !== ":") {
      return undefined;
    } else if (character === "{" && repeatsTooOften(characters, index)) {
      return undefined;
    } else {
      // JavaScript's dot stops at three more line ends than Go's.
      source += character === "." ? "[^\\n]" : character;
    }
  }
  return inClass ? undefined : source;
}

function translateEscape(character: string, inClass: boolean): string | undefined {
  if (sharedEscapes.has(character) || (boundaryEscapes.has(character) && !inClass)) return `\\${character}`;
  if (/^[\u0020-\u007E]$/.test(character) && !/[A-Za-z0-9]/.test(character))
    return `\\u{${character.charCodeAt(0).toString(16)}}`;
  return undefined;
}

function repeatsTooOften(characters: readonly string[], start: number): boolean {
  const end = characters.indexOf("}", start);
  const counts = end === -1 ? "" : characters.slice(start + 1, end).join("");
  return counts.split(",").some((count) => /^\d+$/.test(count) && Number(count) > MAX_REPETITIONS);
}
