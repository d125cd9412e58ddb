import type { ObjectChange } from "../../comparison/tree-comparison.ts";
import type { AddressNames } from "./address-names.ts";
import type { WorkloadNames } from "./connection-groups.ts";

/** Which way it goes: what one order of the trees opens, the other closes. */
export type Turn = "opened" | "closed";

/** How it is said. */
export const words = {
  opened: { verb: "opens", verbs: "open", join: "service-joins-network", joins: "joins the network" },
  closed: { verb: "closes", verbs: "close", join: "service-leaves-network", joins: "is gone" },
} as const;

/** The same, and the pods that are there on the side of which is told. */
export type Turned = Context & { readonly names: WorkloadNames };

/** What all that is said of an environment needs. */
export interface Context {
  readonly environment: string;
  readonly teams: ReadonlyMap<string, string>;
  /** The changes of policies that are about the ends of a connection. */
  readonly concerning: (ends: readonly string[]) => readonly ObjectChange[];
  readonly addresses: AddressNames;
}
