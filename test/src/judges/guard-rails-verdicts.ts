import type { Finding } from "@plinth/core";
import { type Attempt, type GuardRail, messageOf } from "@plinth/policies";
import type { Answer } from "../cluster/answer.ts";

/** An attempt at a rail, and what the API server answered. */
export interface Tried {
  readonly rail: Pick<GuardRail, "name" | "fix">;
  readonly attempt: Pick<Attempt, "what" | "by" | "offenders">;
  readonly answer: Answer;
}

/** True when the answer is a refusal of this rail, with its message. */
export function refusedByRail({ rail, attempt: { offenders }, answer }: Tried): boolean {
  if (answer.accepted || offenders === undefined) return false;
  return (
    answer.status === 403 &&
    answer.message.includes(`ValidatingAdmissionPolicy '${rail.name}'`) &&
    answer.message.includes(messageOf(rail, offenders))
  );
}

// There are no nodes, so a stream into a pod ends where its node would be looked for, and a pod's proxy where its address would be.
const endsBehindAdmission: readonly string[] = ["does not have a host assigned", "address not allowed"];

/** True when permissions and admission let it through. */
export function letThrough({ answer }: Pick<Tried, "answer">): boolean {
  return (
    answer.accepted ||
    answer.status < 300 ||
    (answer.status !== 401 && endsBehindAdmission.some((words) => answer.message.includes(words)))
  );
}

/** What is wrong with the answer, if anything. */
export function attemptFindings(tried: Tried): Finding[] {
  const { rail, attempt, answer } = tried;
  const { by, what, offenders } = attempt;
  if (offenders === undefined ? letThrough(tried) : refusedByRail(tried)) return [];
  const answered = letThrough(tried) ? "let through" : `answered: ${answer.accepted ? "" : answer.message}`;
  return [
    {
      code: "rejected-by-judge",
      severity: "error",
      component: "guard-rails",
      message: `${rail.name}: ${by} ${what} and is ${answered}`,
      expected: offenders === undefined ? "let through" : `refused by ${rail.name} with: ${messageOf(rail, offenders)}`,
    },
  ];
}
