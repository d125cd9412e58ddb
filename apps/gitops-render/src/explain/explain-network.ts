import { nearestName } from "@plinth/core";
import { clusterOf, describeExplanation, explainConnection } from "@plinth/policies";
import type { Explained, Explanation, NotAnswered } from "./explanation.ts";
import { placeOfObject } from "./places.ts";

/** From where, to where, on which port. */
export interface NetworkQuestion {
  /** A service, a data store or a part of the platform by its name, alone or as `namespace/name`; or an IP address. */
  readonly from: string;
  readonly to: string;
  /** Of the pod that is connected to: `5050`, `53/udp`. */
  readonly port: string;
}

/**
 * Whether NetworkPolicies allow a connection, and the rules of both sides that say so; for a refusal, the rules that come nearest.
 *
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function explainNetwork(explained: Explained, { from, to, port }: NetworkQuestion): Explanation | NotAnswered {
  const [, number, said = "tcp"] = /^(\d{1,5})(?:\/(tcp|udp|sctp))?$/i.exec(port) ?? [];
  if (number === undefined || Number(number) < 1 || Number(number) > 65_535)
    return {
      problem: `${JSON.stringify(port)} is no port`,
      expected: "a number from 1 to 65535, for UDP with /udp",
      example: "53/udp",
    };
  const protocol = protocols[said.toLowerCase()] ?? "TCP";
  const cluster = clusterOf(explained.platform, explained.environment);
  const names = cluster.workloads.map(({ namespace, name }) => `${namespace}/${name}`);
  const ends: { readonly from: string; readonly to: string } = { from: fullName(names, from), to: fullName(names, to) };
  const policies = explained.objects.filter(({ resource }) => resource.kind === "NetworkPolicy");
  try {
    const explanation = explainConnection(
      cluster,
      policies.map(({ resource }) => resource),
      { ...ends, port: Number(number), protocol },
    );
    const [summary = "", ...reasons] = describeExplanation(explanation).split("\n");
    const deciding = new Set(
      [explanation.egress, explanation.ingress].flatMap((side) =>
        side.verdict === "allowed"
          ? side.by.map(({ policy }) => policy)
          : side.verdict === "refused"
            ? side.isolatedBy
            : [],
      ),
    );
    return {
      answer: explanation.allowed ? "yes" : "no",
      summary: `${summary} in ${explained.environment.name}`,
      reasons: reasons.map((reason) => reason.trimStart()),
      places: policies
        .filter(({ resource: { metadata } }) => deciding.has(`${metadata.namespace}/${metadata.name}`))
        .map((object) => placeOfObject(explained, object)),
    };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const near = [ends.from, ends.to].flatMap((name) => nearestName(name, names) ?? []);
    return {
      problem: error.message,
      expected: "a workload of the environment, or an IP address",
      example: near[0] ?? names[0] ?? "team-backend/checkout",
    };
  }
}

const protocols: Readonly<Record<string, "TCP" | "UDP" | "SCTP">> = { tcp: "TCP", udp: "UDP", sctp: "SCTP" };

/** The only workload of that name; whatever else was said, as it was said. */
function fullName(names: readonly string[], said: string): string {
  if (said.includes("/")) return said;
  const [only, ...others] = names.filter((name) => name.endsWith(`/${said}`));
  return only !== undefined && others.length === 0 ? only : said;
}
