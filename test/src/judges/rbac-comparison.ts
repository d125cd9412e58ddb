import { setTimeout as sleep } from "node:timers/promises";
import type { Finding } from "@plinth/core";
import type { AccessRequest, Authorizer, Subject } from "@plinth/rbac";
import type { AccessQuestion } from "../cluster/access-review.ts";
import type { Cluster } from "../cluster/start-cluster.ts";
import type { Question } from "./rbac-questions.ts";

const connections = 16;
const shown = 10;
// Milliseconds after which an answer is final: controllers write aggregated roles, and the authorizer reads what is stored, a moment later.
const patience = 5_000;

/** The API server's answers beside those of Plinth's evaluator, question by question. */
export async function compareAnswers(
  cluster: Cluster,
  authorize: Authorizer,
  questions: readonly Question[],
  place: string,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const end = performance.now() + patience;
  // Where nothing is allowed, nothing was compared.
  let allowed = 0;
  let open: readonly Question[] = questions;
  for (;;) {
    const differing: Question[] = [];
    await inParallel(open, signal, async (question) => {
      const answer = await cluster.canI(questionFor(question));
      if (answer.allowed !== authorize(question.subject, question.request).allowed) differing.push(question);
      else if (answer.allowed) allowed++;
    });
    open = differing;
    if (open.length === 0 || performance.now() >= end) break;
    await sleep(250, undefined, { signal });
  }
  const findings = open.slice(0, shown).map(({ subject, request }): Finding => {
    const own = authorize(subject, request).allowed;
    return {
      code: "rejected-by-judge",
      severity: "error",
      message: `${place}: Plinth's evaluator says that ${describeSubject(subject)} may${own ? "" : " not"} ${describeRequest(request)}`,
      expected: `what the API server says: ${own ? "refused" : "allowed"}`,
    };
  });
  if (open.length > shown)
    findings.push({
      code: "rejected-by-judge",
      severity: "error",
      message: `${place}: and ${open.length - shown} more of ${questions.length} answers differ`,
    });
  if (allowed === 0)
    findings.push({
      code: "tool-failed",
      severity: "error",
      message: `${place}: of ${questions.length} questions the API server allows none`,
    });
  return findings;
}

/** Does the same with everything in a list, a few at a time. Gives the results in the order of the list. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  signal: AbortSignal,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) {
      signal.throwIfAborted();
      results[index] = await work(item);
    }
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return results;
}

function questionFor({ subject, request }: Question): AccessQuestion {
  const { user, groups } = subject;
  if ("path" in request) return { user, groups, verb: request.verb, path: request.path };
  const { verb, apiGroup: group, namespace, name } = request;
  const [resource = "", ...rest] = request.resource.split("/");
  const subresource = rest.length === 0 ? undefined : rest.join("/");
  return { user, groups, verb, resource, group, subresource, namespace, name };
}

function describeSubject({ user, groups }: Subject): string {
  if (user.startsWith("system:serviceaccount:")) return user;
  return `${user === "" ? "somebody" : user} in ${groups.length === 0 ? "no group" : groups.join(", ")}`;
}

function describeRequest(request: AccessRequest): string {
  if ("path" in request) return `${request.verb} ${request.path}`;
  const { verb, resource, apiGroup = "", namespace, name } = request;
  const where = namespace === undefined ? "in the cluster" : `in ${namespace}`;
  return `${verb} ${resource}${apiGroup === "" ? "" : ` of ${apiGroup}`}${name === undefined ? "" : ` ${name}`} ${where}`;
}
