import type { DiffReport } from "@plinth/gitops-render";

/** Everything that a report says, each a line: `high | production | quota-lowered | quota of team-data shrinks: …`, and `other | changed Secret of alert-routing`. */
export function toldLines({ consequences, objects }: DiffReport): readonly string[] {
  const others = objects
    .filter(({ spokenOf, change }) => !spokenOf && change !== "moved")
    .map(({ change, kind, component, where }) => `other | ${where} | ${change} ${kind} of ${component}`);
  return [
    ...consequences.map(({ risk, where, rule, subject, text, owners }) =>
      [risk, where, rule, `${subject} ${text}${owners === undefined ? "" : ` (${owners})`}`].join(" | "),
    ),
    ...new Set(others),
  ];
}

/** What was expected and is not told, and what is told besides. In an expected line `*` stands for anything. */
export function mismatches(expected: readonly string[], told: readonly string[]): readonly string[] {
  const left = [...told];
  const missing = [...expected].sort(exactFirst).filter((line) => {
    const found = left.findIndex((each) => matches(line, each));
    if (found >= 0) left.splice(found, 1);
    return found < 0;
  });
  return [...missing.map((line) => `is not told: ${line}`), ...left.map((line) => `is told besides: ${line}`)];
}

function exactFirst(one: string, other: string): number {
  return Number(one.includes("*")) - Number(other.includes("*")) || other.length - one.length;
}

function matches(expected: string, told: string): boolean {
  const pattern = expected.split("*").map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${pattern.join(".*")}$`, "s").test(told);
}
