import type { Finding, FoundationComponent } from "@plinth/core";
import { duplicateNameFindings } from "./change-findings.ts";
import { changeIndex, changePage } from "./change-page.ts";
import { mutatingPolicy } from "./mutating-policy.ts";
import { type Mutation, mutationIn } from "./mutation.ts";
import { mutationCatalog } from "./mutation-catalog.ts";

/**
 * Defaults that are written into the objects of teams: only where admission refuses anything at all, only into what is created, and never over what is set.
 *
 * @example
 * createMutations(mutationCatalog.filter(({ name }) => name !== "default-priority-class"));
 */
export function createMutations(mutations: readonly Mutation[]): FoundationComponent {
  return {
    name: "mutations",
    layer: "foundation",
    perEnvironment: (platform, environment) => {
      const namespaces = platform.teams.map(({ namespace }) => String(namespace)).sort();
      if (namespaces.length === 0) return [];
      return mutations.flatMap((mutation) => {
        const resolved = mutationIn(mutation, platform, environment);
        return resolved === undefined ? [] : [mutatingPolicy(resolved, { namespaces })];
      });
    },
    documents: (platform) => [
      ...changeIndex(
        {
          name: "mutations",
          title: "What is written into objects",
          text: "Only into what is created, only where the object says nothing, and only where admission refuses anything at all or the environment asks for it.",
        },
        mutations,
      ),
      ...mutations.map((mutation) => {
        const [shown] = platform.environments.flatMap(
          (environment) => mutationIn(mutation, platform, environment) ?? [],
        );
        const [change] = (shown ?? mutation).changes;
        return changePage({
          ...mutation,
          sort: "Mutation",
          where: platform.environments.map((environment) => ({
            environment: environment.name,
            what:
              mutationIn(mutation, platform, environment) === undefined ? "nothing is written" : "written when created",
          })),
          examples:
            change === undefined
              ? []
              : [
                  { title: "Sent", resources: [change.before.resource] },
                  { title: "Stored", resources: [change.after.resource] },
                ],
        });
      }),
    ],
    check: (): readonly Finding[] => duplicateNameFindings("mutations", mutations),
  };
}

/** Defaults that are written into the objects of teams: those of the catalogue. */
export const mutations: FoundationComponent = createMutations(mutationCatalog);
