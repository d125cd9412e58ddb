import { describe, expect, it } from "vitest";
import type { Answer } from "../cluster/answer.ts";
import { attemptFindings, letThrough, type Tried } from "./guard-rails-verdicts.ts";

const rail = { name: "guard-things", fix: "Ask first." };
const attempt = { what: "takes a thing", by: "cluster-admin" } as const;
const forbidden = { ...attempt, offenders: ["Thing one is taken by jane"] } as const;
const done: Answer = {
  accepted: true,
  object: { apiVersion: "v1", kind: "Thing", metadata: { name: "one" } },
  warnings: [],
};

function refused(message: string, status = 403): Answer {
  return { accepted: false, status, reason: "Forbidden", message, causes: [], warnings: [] };
}

const said = "ValidatingAdmissionPolicy 'guard-things' with binding 'guard-things' denied request";

describe("an attempt at a guard rail", () => {
  it.each([
    { attempt, answer: done },
    { attempt, answer: refused("pod tried does not have a host assigned", 400) },
    { attempt: forbidden, answer: refused(`${said}: Thing one is taken by jane. Ask first.`) },
  ])("$answer.message is what it should be", (tried) => expect(attemptFindings({ rail, ...tried })).toEqual([]));

  it.each([
    ["is let through", { attempt: forbidden, answer: done }],
    [
      "is refused by permissions alone",
      { attempt: forbidden, answer: refused("things is forbidden: User jane cannot") },
    ],
    ["is refused with other words", { attempt: forbidden, answer: refused(`${said}: failed expression: false`) }],
    [
      "is refused by another rail",
      {
        attempt: forbidden,
        answer: refused(`${said.replaceAll("things", "others")}: Thing one is taken by jane. Ask first.`),
      },
    ],
    ["is refused and should not be", { attempt, answer: refused(`${said}: Thing one is taken by jane. Ask first.`) }],
    ["is nobody's", { attempt, answer: refused("Unauthorized", 401) }],
  ] satisfies [string, Omit<Tried, "rail">][])("that %s is a finding", (_, tried) =>
    expect(attemptFindings({ rail, ...tried })).toHaveLength(1),
  );

  it("is let through by admission where only a node is missing", () => {
    expect(letThrough({ answer: refused("address not allowed", 403) })).toBe(true);
    expect(letThrough({ answer: refused("no such thing", 404) })).toBe(false);
  });
});
