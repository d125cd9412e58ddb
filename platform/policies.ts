import { enforce, except, warn } from "@plinth/core";

export const rollouts = [
  // What production refuses must not reach it first.
  enforce("pod-security", { in: "staging", since: "2026-11-21", owner: "platform" }),
  warn("best-practices", {
    in: "staging",
    since: "2026-11-21",
    next: { action: "enforce", on: "2027-01-11" },
    owner: "platform",
    because: "Teams have the turn of the year to follow.",
  }),
  enforce("disallow-default-service-account", {
    in: "development",
    since: "2026-11-21",
    owner: "platform",
    because: "What starts without an identity of its own gets one only when it is looked for in production.",
  }),
];

/** The stores that run in the cluster of development only; in staging and production they are managed by AWS. */
const stores = [
  { team: "backend", name: "valkey-cart" },
  { team: "data", name: "astronomy-db" },
  { team: "data", name: "kafka" },
];

export const exceptions = stores.map(({ team, name }) =>
  except("disallow-default-service-account", {
    for: { team, resource: { kind: "StatefulSet", name } },
    in: "development",
    because: "The store has no ServiceAccount of its own yet; it mounts no token.",
    ticket: "PLAT-418",
    approvedBy: "platform",
    owner: team,
    until: "2027-11-19",
  }),
);
