// C0 and C1 controls but for tab and line feed, which move a cursor or hide text in a terminal; lone surrogates and what XML 1.0 cannot say.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for.
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]|\p{Surrogate}/gu;
// Letters that change the direction of what follows show another text than there is: https://trojansource.codes
const directions = /[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]/g;

const harmless = /^[\t\n -~]*$/;

/** A text of a tree that no longer does anything where it is shown; its lines stay. */
export function cleanLines(text: string): string {
  if (harmless.test(text)) return text;
  return text.replaceAll("\r\n", "\n").replaceAll(controls, "\u{FFFD}").replaceAll(directions, "\u{FFFD}");
}

/** The same as one line. */
export function cleanText(text: string): string {
  return cleanLines(text).replaceAll(/\s+/g, " ").trim();
}
