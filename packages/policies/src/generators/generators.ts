import {
  type Document,
  type Environment,
  type Finding,
  type FoundationComponent,
  type Platform,
  parseQuantity,
} from "@plinth/core";
import { controllerFindings } from "../mutations/change-findings.ts";
import { changeIndex, changePage } from "../mutations/change-page.ts";
import { mutatingPolicy } from "../mutations/mutating-policy.ts";
import type { Mutation } from "../mutations/mutation.ts";
import { disruptionBudgets } from "./disruption-budgets.ts";
import { generatingPolicy } from "./generating-policy.ts";
import type { Generation } from "./generation.ts";
import { generatorRole } from "./generator-role.ts";
import { labelPreviews } from "./label-previews.ts";
import type { PreviewQuota } from "./preview-contents.ts";
import { previewGeneration } from "./preview-generation.ts";
import { previewPrefix } from "./preview-namespace.ts";

/** Where teams may have previews, and how much each may take. */
export interface PreviewOptions {
  /** Environments by name; none of them may be production. @default every environment that is not production */
  readonly environments?: readonly string[];
  /** For each preview. @default 2 CPU, 4Gi of memory, 20 pods, 10Gi of storage */
  readonly quota?: PreviewQuota;
}

const defaultQuota: PreviewQuota = { cpu: "2", memory: "4Gi", pods: 20, storage: "10Gi" };

/** The policies that make objects in an environment, and those that write into what they are made for. */
export interface GeneratorPolicies {
  readonly generations: readonly Generation[];
  readonly mutations: readonly Mutation[];
}

/**
 * The policies that make objects in an environment: disruption budgets everywhere, previews where there are any.
 *
 * @example
 * import type { Environment, Platform } from "@plinth/core";
 * declare const platform: Platform;
 * declare const development: Environment;
 * generatorPolicies(platform, development).generations.map(({ name }) => name);
 */
export function generatorPolicies(
  platform: Platform,
  environment: Environment,
  { environments, quota = defaultQuota }: PreviewOptions = {},
): GeneratorPolicies {
  const [first] = platform.teams;
  if (first === undefined) return { generations: [], mutations: [] };
  if (!hasPreviews(environment, environments)) return { generations: [disruptionBudgets(platform)], mutations: [] };
  return {
    generations: [
      disruptionBudgets(platform),
      ...platform.teams.map((team) => previewGeneration(platform, environment, team, quota)),
    ],
    mutations: [labelPreviews(platform, environment, first)],
  };
}

/**
 * What Kyverno makes: disruption budgets for Deployments that ask for one, and what a namespace needs that shows a change before it is merged. A preview is
 * bound to a label and to a name that begins with the team's namespace.
 *
 * @example
 * createGenerators({ environments: ["development"], quota: { cpu: "1", memory: "2Gi", pods: 10, storage: "5Gi" } });
 */
export function createGenerators(options: PreviewOptions = {}): FoundationComponent {
  return {
    name: "generators",
    layer: "foundation",
    perEnvironment: (platform, environment) => {
      const { generations, mutations } = generatorPolicies(platform, environment, options);
      if (generations.length === 0) return [];
      return [
        ...generations.map(generatingPolicy),
        ...mutations.map((mutation) => mutatingPolicy(mutation, "by-conditions")),
        generatorRole(generations),
      ];
    },
    documents: (platform) => pages(platform, options),
    check: (platform) => [...previewFindings(platform, options), ...backgroundFindings(platform, options)],
  };
}

/** What Kyverno makes: disruption budgets on request, and previews in every environment that is not production. */
export const generators: FoundationComponent = createGenerators();

function hasPreviews({ name, production }: Environment, environments: PreviewOptions["environments"]): boolean {
  return !production && (environments?.includes(name) ?? true);
}

function pages(platform: Platform, options: PreviewOptions): readonly Document[] {
  const policies = platform.environments.map((environment) => ({
    environment: environment.name,
    ...generatorPolicies(platform, environment, options),
  }));
  const where = (name: string, what: string): { environment: string; what: string }[] =>
    policies.map((each) => ({
      environment: each.environment,
      what: [...each.generations, ...each.mutations].some((policy) => policy.name === name) ? what : "nothing",
    }));
  const generations = uniqueByName(policies.flatMap((each) => each.generations));
  const mutations = uniqueByName(policies.flatMap((each) => each.mutations));
  return [
    ...changeIndex(
      {
        name: "generators",
        title: "What is made",
        text: "Only for objects that ask for it with a label. What was made is kept as it was made.",
      },
      [...generations, ...mutations],
    ),
    ...generations.map((generation) =>
      changePage({
        ...generation,
        sort: "Generator",
        keepYourOwn:
          "An object of the same name that is there already is left alone; what Kyverno made comes back when it is changed or deleted.",
        where: where(generation.name, "made when the object is created or changed"),
        examples: [{ title: "What is made", yaml: generation.template }],
      }),
    ),
    ...mutations.map((mutation) =>
      changePage({
        ...mutation,
        sort: "Mutation",
        where: where(mutation.name, "written when created"),
        examples: mutation.changes.slice(0, 1).flatMap(({ before, after }) => [
          { title: "Sent", resources: [before.resource] },
          { title: "Stored", resources: [after.resource] },
        ]),
      }),
    ),
  ];
}

function uniqueByName<Named extends { readonly name: string }>(list: readonly Named[]): readonly Named[] {
  return list.filter(({ name }, index) => list.findIndex((other) => other.name === name) === index);
}

function previewFindings(platform: Platform, { environments = [], quota = defaultQuota }: PreviewOptions): Finding[] {
  const example = platform.environments.find(({ production }) => !production)?.name ?? "development";
  return [
    ...environments.flatMap((name, index): Finding[] => {
      const environment = platform.environments.find((candidate) => candidate.name === name);
      if (environment !== undefined && !environment.production) return [];
      return [
        {
          code: environment === undefined ? "unknown-reference" : "conflicting-fields",
          severity: "error",
          path: `previews.environments[${index}]`,
          message:
            environment === undefined
              ? `there is no environment ${JSON.stringify(name)}`
              : `${JSON.stringify(name)} is production, and a preview shows what nobody has merged`,
          expected: "an environment that is not production",
          example: JSON.stringify(example),
        },
      ];
    }),
    ...(["cpu", "memory", "storage"] as const).flatMap((field): Finding[] =>
      parseQuantity(quota[field]) === undefined
        ? [
            {
              code: "invalid-field",
              severity: "error",
              path: `previews.quota.${field}`,
              message: `${JSON.stringify(quota[field])} is not a quantity`,
              expected: "a Kubernetes quantity",
              example: JSON.stringify(defaultQuota[field]),
            },
          ]
        : [],
    ),
    ...namespacesLikePreviews(platform),
  ];
}

/** A namespace of the platform's own whose name begins like a team's previews would be taken for one. */
function namespacesLikePreviews({ teams, components }: Platform): Finding[] {
  const named = [
    ...teams.map(({ name, namespace, source }) => ({ path: `teams[${name}].namespace`, namespace, source })),
    ...components.map(({ name, namespace, source }) => ({ path: `components[${name}].namespace`, namespace, source })),
  ];
  return named.flatMap(({ path, namespace, source }) =>
    teams
      .filter((team) => namespace.startsWith(previewPrefix(team)))
      .map(
        (team): Finding => ({
          code: "conflicting-fields",
          severity: "error",
          ...(source === undefined ? {} : { source }),
          path,
          message: `${JSON.stringify(namespace)} begins like the previews of ${team.name}`,
          expected: `a name that does not begin with ${previewPrefix(team)}`,
          example: JSON.stringify(namespace.replace("-preview-", "-")),
        }),
      ),
  );
}

function backgroundFindings(platform: Platform, options: PreviewOptions): readonly Finding[] {
  const any = platform.environments.some(
    (environment) => generatorPolicies(platform, environment, options).generations.length > 0,
  );
  return any ? controllerFindings(platform, "kyverno-background-controller", "what is generated is made") : [];
}
