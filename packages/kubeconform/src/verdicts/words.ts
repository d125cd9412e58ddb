/** `an integer`, `a string`, `null`, and `a list` for what JSON Schema and Go call an array. */
export function withArticle(noun: string): string {
  if (noun === "null") return noun;
  if (noun === "array") return "a list";
  return `${/^[aeiou]/i.test(noun) ? "an" : "a"} ${noun}`;
}
