import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { describeResource, type Finding, identityOf, type Platform } from "@plinth/core";
import { CORE_SCHEMA, load } from "js-yaml";
import { healthCases, healthFindings } from "./argocd-health.ts";
import { askArgoCd, type ReadApplication, type ReadEnvironment, readEnvironment } from "./argocd-questions.ts";
import { refusal } from "./delivery-kubectl.ts";
import { readIdentity } from "./delivery-sync.ts";
import type { Judge } from "./judge.ts";
import { objectsOfEnvironment, type RenderedTree } from "./rendered-tree.ts";
import { writtenTree } from "./written-tree.ts";

/**
 * Argo CD's own code reads the tree, as its repository server and its controller do: each folder, the projects and what they permit, waves and hooks; the same of
 * the ApplicationSets that the model has as an option, which make the very applications that are rendered; and it runs the health checks of its settings.
 */
export const argocdReads: Judge = {
  name: "argocd-reads",
  purpose: "Argo CD's own code reads every application, rendered or made by a set, and the settings",
  tools: ["argocd-judge"],
  judge: async (context) => {
    const { tree, platform, signal } = context;
    const sets = writtenTree(withSets(platform), join(context.workFolder, "sets"));
    const { answers, findings } = await askArgoCd(
      [...questions(tree, platform), ...questions(sets, platform), { settings: settingsOf(tree), health: healthCases }],
      signal,
    );
    if (findings.length > 0) return { read: "nothing", findings };
    const environments = platform.environments.map(({ name }, index) => ({
      name,
      rendered: readEnvironment(answers[index]),
      made: readEnvironment(answers[platform.environments.length + index]),
    }));
    const count = environments.reduce((sum, { rendered }) => sum + rendered.applications.length, 0);
    return {
      read: `${count} applications, twice, and the health of ${healthCases.length} objects`,
      findings: [
        ...environments.flatMap(({ name, rendered, made }) => [
          ...problems(rendered),
          ...problems(made),
          ...unreadFindings(name, rendered, tree),
          ...setFindings(name, rendered, made),
        ]),
        ...healthFindings(answers.at(-1)),
      ],
    };
  },
};

function withSets(platform: Platform): Platform {
  return { ...platform, delivery: { by: "application-sets" } };
}

function questions({ folder }: RenderedTree, { repository, environments }: Platform): readonly object[] {
  return environments.map(({ name }) => ({ tree: folder, path: repository.path, environment: name }));
}

function settingsOf({ files }: RenderedTree): unknown {
  const file = files.find(({ path }) => path === "bootstrap/argocd-cm.yaml");
  return file === undefined ? {} : load(file.text, { schema: CORE_SCHEMA });
}

function problems({ applications, problems }: ReadEnvironment): Finding[] {
  return [
    ...problems.map((problem) => refusal(`Argo CD: ${problem}`, "nothing to complain about")),
    ...applications.flatMap(({ name, problems }) =>
      problems.map((problem) => refusal(`Argo CD, of ${name}: ${problem}`, "nothing to complain about")),
    ),
  ];
}

/** What Argo CD reads is what lies in the files, each object once. */
function unreadFindings(environment: string, { applications }: ReadEnvironment, tree: RenderedTree): Finding[] {
  const read = applications.flatMap(({ objects }) => objects.map(readIdentity));
  const delivered = objectsOfEnvironment(tree, environment).filter(({ file }) => !file.path.startsWith("foundation/"));
  const once = new Set(read);
  return [
    ...delivered
      .filter(({ resource }) => !once.has(identityOf(resource)))
      .map(({ file, resource }) =>
        refusal(`Argo CD does not read ${describeResource(resource)}`, "every object delivered", file.path),
      ),
    ...(read.length === once.size && once.size === delivered.length
      ? []
      : [refusal(`Argo CD reads ${read.length} objects of ${delivered.length} (${environment})`, "each once")]),
  ];
}

/** A set makes the applications that are rendered without it: the option changes who writes them, and not what they are. */
function setFindings(environment: string, rendered: ReadEnvironment, made: ReadEnvironment): Finding[] {
  const bySets = new Map(made.applications.map((application) => [application.name, application]));
  return [
    ...rendered.applications.flatMap((application) => {
      const same = bySets.get(application.name);
      return same !== undefined && isDeepStrictEqual(comparable(same), comparable(application))
        ? []
        : [
            refusal(
              `the sets of ${environment} make ${application.name} otherwise`,
              "the application that is rendered",
            ),
          ];
    }),
    ...(bySets.size === rendered.applications.length
      ? []
      : [refusal(`the sets of ${environment} make ${bySets.size} applications`, `${rendered.applications.length}`)]),
    ...(made.applications.some(({ generatedBy }) => generatedBy !== undefined)
      ? []
      : [refusal(`no application of ${environment} comes from a set`, "all but the root")]),
  ];
}

function comparable({ project, path, objects, name }: ReadApplication): unknown {
  // The root delivers the sets instead of the applications.
  return { project, path, objects: path.includes("/argocd/") ? name : objects };
}
