import type { Finding } from "@plinth/core";
import { fieldAt } from "@plinth/core";
import type { ApiRequest } from "../cluster/api-connection.ts";
import type { Cluster } from "../cluster/start-cluster.ts";

/** Somebody tries something. */
export interface Trial {
  /** `development: a viewer`: who, and where. */
  readonly who: string;
  /** After "tries to". */
  readonly act: string;
  readonly request: ApiRequest;
  readonly allowed: boolean;
}

/** What was tried, and what came out otherwise than expected. */
export interface Trials {
  readonly asked: number;
  readonly findings: readonly Finding[];
}

/** Sends each request, one after the other. Refused means 403 of the authorizer; anything else went past it. */
export async function tried(cluster: Cluster, trials: readonly Trial[]): Promise<Trials> {
  const findings: Finding[] = [];
  for (const { who, act, request, allowed } of trials) {
    const { status, body } = await cluster.request(request);
    // 401 would be a token that the server does not know: nobody was asked.
    if ((status !== 403) === allowed && status !== 401) continue;
    findings.push({
      code: "rejected-by-judge",
      severity: "error",
      message: `${who} tries to ${act} and is answered ${status}: ${String(fieldAt(body, "message") ?? "done")}`,
      expected: allowed ? "let through" : "refused with 403",
    });
  }
  return { asked: trials.length, findings };
}
