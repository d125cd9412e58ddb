import type { Environment } from "@plinth/core";

/** Something that is true of some environments. */
export interface Condition {
  /** In words, after "only": `where developers write by hand`. */
  readonly when: string;
  holds(environment: Environment): boolean;
}

/** Developers change workloads by hand; elsewhere only delivery does. */
export const peopleWrite: Condition = {
  when: "where developers write by hand",
  holds: ({ access }) => access.writers === "developers",
};

/** Developers may enter pods. Never in production, whatever its `access.exec` says. */
export const execIsOpen: Condition = {
  when: "where exec is open, and never in production",
  holds: ({ access, production }) => access.exec && !production,
};
