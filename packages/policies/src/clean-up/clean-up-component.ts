import {
  buildResource,
  type Document,
  type Environment,
  type Finding,
  type FoundationComponent,
  type Platform,
  type Resource,
} from "@plinth/core";
import { ClusterRole } from "kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRole";
import { controllerFindings } from "../mutations/change-findings.ts";
import { changeIndex, changePage } from "../mutations/change-page.ts";
import type { CleanUp, CleanUpIn, HoursAgo } from "./clean-up.ts";
import { deleteExpiredPreviews } from "./delete-expired-previews.ts";
import { deleteFinishedJobs } from "./delete-finished-jobs.ts";
import { deleteFinishedPods } from "./delete-finished-pods.ts";
import { deletingPolicy } from "./deleting-policy.ts";

/** Every clean-up: what is rendered, judged and documented. */
export const cleanUpCatalog: readonly CleanUpIn[] = [
  deleteExpiredPreviews,
  () => deleteFinishedJobs,
  () => deleteFinishedPods,
];

/**
 * The clean-ups of an environment; none on a platform without teams.
 *
 * @example
 * import type { Environment, Platform } from "@plinth/core";
 * declare const platform: Platform;
 * declare const production: Environment;
 * cleanUpsIn(platform, production).map(({ name }) => name); // ["delete-finished-jobs", "delete-finished-pods"]
 */
export function cleanUpsIn(platform: Platform, environment: Environment): readonly CleanUp[] {
  if (platform.teams.length === 0) return [];
  return cleanUpCatalog.flatMap((cleanUpIn) => cleanUpIn(platform, environment) ?? []);
}

/** What is deleted because nobody can need it any more: in namespaces of teams, and of previews, and nowhere else. */
export const cleanUp: FoundationComponent = {
  name: "clean-up",
  layer: "foundation",
  perEnvironment: (platform, environment) => {
    const cleanUps = cleanUpsIn(platform, environment);
    if (cleanUps.length === 0) return [];
    const namespaces = platform.teams.map(({ namespace }) => String(namespace)).sort();
    return [...cleanUps.map((each) => deletingPolicy(each, namespaces)), cleanUpRole(cleanUps)];
  },
  documents: (platform) => pages(platform),
  check: (platform): readonly Finding[] =>
    platform.teams.length === 0
      ? []
      : controllerFindings(platform, "kyverno-cleanup-controller", "what is finished is deleted"),
};

/**
 * What Kyverno's cleanup controller needs: it lists all objects of a kind and deletes those that match (pkg/controllers/deleting), so that names cannot narrow
 * it. A namespace of the foundation is kept by an admission policy of its own, whoever asks.
 *
 * @see https://kyverno.io/docs/installation/customization/#customizing-permissions
 */
function cleanUpRole(cleanUps: readonly CleanUp[]): Resource {
  const groups = Map.groupBy(
    cleanUps.map(({ kind }) => kind),
    ({ group }) => group,
  );
  return buildResource(ClusterRole, {
    metadata: {
      name: "policies-clean-up",
      labels: { "rbac.kyverno.io/aggregate-to-cleanup-controller": "true" },
      annotations: { "kubernetes.io/description": "Kyverno deletes what is finished or expired." },
    },
    rules: [...groups].map(([group, kinds]) => ({
      apiGroups: [group],
      resources: [...new Set(kinds.map(({ resource }) => resource))].sort(),
      verbs: ["delete", "list"],
    })),
  });
}

// Pages show no moving dates.
const shownMoment: HoursAgo = (hours) => new Date(Date.UTC(2026, 0, 31) - hours * 3_600_000).toISOString();

function pages(platform: Platform): readonly Document[] {
  const shown = new Map(
    platform.environments
      .flatMap((environment) => cleanUpsIn(platform, environment))
      .map((each) => [each.name, each] as const),
  );
  const all = [...shown.values()];
  return [
    ...changeIndex(
      {
        name: "clean-up",
        title: "What is deleted",
        text: "Only in namespaces of teams and of previews, and only what has been finished or expired for a while.",
      },
      all,
    ),
    ...all.map((each) =>
      changePage({
        ...each,
        sort: "Clean-up",
        where: platform.environments.map((environment) => ({
          environment: environment.name,
          what: cleanUpsIn(platform, environment).some(({ name }) => name === each.name)
            ? `at \`${each.schedule}\` (UTC)`
            : "nothing is deleted",
        })),
        examples: [
          {
            title: "Is deleted on 31 January",
            resources: each
              .trials(shownMoment)
              .deletes.slice(0, 1)
              .map(({ resource }) => resource),
          },
        ],
      }),
    ),
  ];
}
