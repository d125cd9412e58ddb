/** What may differ between two that are told together. */
export interface OwnNames {
  readonly service?: string;
  readonly team?: string;
  readonly environment?: string;
}

const parts = ["service", "team", "environment"] as const;
/** How a reader is told that a name stands for several. */
const words = { service: "‹service›", team: "‹team›", environment: "‹environment›" } as const;
// Of the private use area: texts of a tree do not have them.
const marks = { service: "\u{E000}", team: "\u{E001}", environment: "\u{E002}" } as const;

/** A text without the names of its own service, team and environment: equal for all that differ in nothing else. */
export function withoutOwnNames(text: string, names: OwnNames): string {
  const { team } = names;
  if (!parts.some((part) => isNamed(text, names[part]))) return text;
  // Where a team is called as its service is, `team-` says which of the two is meant.
  const teamFirst =
    team !== undefined && team === names.service ? marked(text, `team-${team}`, `team-${marks.team}`) : text;
  return parts
    .flatMap((part) => (names[part] === undefined || names[part] === "" ? [] : [{ part, name: names[part] }]))
    .sort((a, b) => b.name.length - a.name.length)
    .reduce((told, { part, name }) => marked(told, name, marks[part]), teamFirst);
}

function isNamed(text: string, name: string | undefined): boolean {
  return name !== undefined && name !== "" && text.includes(name);
}

/** The text with a mark in the place of a name, where the name is not a part of another word. */
function marked(text: string, name: string, mark: string): string {
  let at = text.indexOf(name);
  if (at === -1) return text;
  let told = "";
  let from = 0;
  for (; at !== -1; at = text.indexOf(name, at + name.length)) {
    if (isLetter(text, at - 1) || isLetter(text, at + name.length)) continue;
    told += text.slice(from, at) + mark;
    from = at + name.length;
  }
  return told + text.slice(from);
}

function isLetter(text: string, place: number): boolean {
  const code = text.charCodeAt(place);
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}

/** The text with its names again where all members have the same one, and with words such as ‹service› where they have not. */
export function withNames(text: string, members: readonly OwnNames[]): string {
  return parts.reduce((told, part) => {
    if (!told.includes(marks[part])) return told;
    const names = new Set(members.map((member) => member[part]));
    const [only] = names;
    return told.replaceAll(marks[part], names.size === 1 && only !== undefined ? only : words[part]);
  }, text);
}
