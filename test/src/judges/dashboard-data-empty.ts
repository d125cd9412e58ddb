import type { Environment } from "@plinth/core";

/** A query that rightly shows nothing somewhere. */
interface KnownEmpty {
  /** What the message of the finding begins with: the dashboard and the place. */
  readonly place: RegExp;
  readonly because: string;
  /** @default everywhere */
  readonly where?: (environment: Environment) => boolean;
}

const known: readonly KnownEmpty[] = [
  {
    place: /^Platform \/ Mesh, the panel (Requests by namespace|Errors by namespace|MeshServerErrors),/,
    because: "the proxies of a mesh count these; the dashboard is there for istiod, which also serves a gateway alone",
    where: ({ network }) => network.mesh === "none",
  },
  {
    place: /^Team \/ \S+, the annotation Critical alerts:/,
    because: "a team without critical services has no critical alert today, and may have one tomorrow",
  },
];

/** Whether a finding is about a query that is empty with a reason. */
export function isKnownEmpty(message: string, environment: Environment): boolean {
  return known.some(({ place, where = () => true }) => place.test(message) && where(environment));
}
