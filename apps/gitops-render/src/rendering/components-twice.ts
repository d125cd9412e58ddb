import type { Component, Finding, SourceLocation } from "@plinth/core";

/** Components of one name: their files would lie in one folder, and nobody could tell whose they are. */
export function componentsTwice(
  components: readonly Component[],
  source: SourceLocation | undefined,
): readonly Finding[] {
  const names = components.map(({ name }) => name);
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))].map((name) => ({
    code: "duplicate-name",
    severity: "error",
    ...(source === undefined ? {} : { source: { file: source.file } }),
    path: "additionalComponents",
    message: `two components are named ${JSON.stringify(name)}`,
    expected: "a name of its own for each component",
  }));
}
