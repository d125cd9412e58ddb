import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import {
  callersOf,
  type Environment,
  type Finding,
  identityOf,
  type Platform,
  type Resource,
  type Service,
  servicesIn,
} from "@plinth/core";
import { deliveryNamespace, rootProjectName } from "@plinth/rbac";
import { type Cluster, clusterTools } from "../cluster/start-cluster.ts";
import { withCluster } from "../cluster/with-cluster.ts";
import { crdFiles, schemaNames } from "../tools/schemas.ts";
import { askArgoCd, readEnvironment } from "./argocd-questions.ts";
import { type Kubectl, kindNames, kubectlOf, refusal } from "./delivery-kubectl.ts";
import { changedFindings, type LiveObjects, removalFindings } from "./delivery-states.ts";
import { prune, removeApplication, type Synced, sync, syncedOf } from "./delivery-sync.ts";
import type { Judge, JudgeContext } from "./judge.ts";
import { objectsOfEnvironment, type RenderedTree } from "./rendered-tree.ts";
import { writtenTree } from "./written-tree.ts";

/**
 * The delivery of an environment as docs/delivery.md tells it, with kubectl and on an empty cluster: the foundation in its two parts, then every application as Argo
 * CD applies it, by the account of its project. A second time nothing changes. Then a service leaves the model, and what leaves the cluster is its objects, and no
 * others.
 */
export const delivery: Judge = {
  name: "delivery",
  purpose: "an empty cluster takes the delivery in its order, twice, and a service leaves without a trace",
  tools: [...clusterTools({ controllerManager: true }), "kubectl", "argocd-judge"],
  judge: async (context) => {
    const crds = await crdFiles(schemaNames);
    if (crds.findings.length > 0) return { read: "nothing", findings: crds.findings };
    // Where people look twice before they deliver; the others differ in what syncs by itself.
    const environment =
      context.platform.environments.find(({ production }) => production) ?? context.platform.environments[0];
    if (environment === undefined) return { read: "nothing", findings: [] };
    let read = "nothing";
    const findings = await withCluster({ controllerManager: true, crds: crds.files }, async (cluster) => {
      const delivered = await deliveredTwice(cluster, environment, context);
      read = `${delivered.objects} objects of ${environment.name}, twice, and the removal of ${delivered.removed}`;
      return [...delivered.findings];
    });
    return { read, findings };
  },
};

interface Delivered {
  readonly objects: number;
  readonly removed: string;
  readonly findings: readonly Finding[];
}

async function deliveredTwice(cluster: Cluster, environment: Environment, context: JudgeContext): Promise<Delivered> {
  const { tree, platform, signal } = context;
  const kubectl = kubectlOf(cluster.kubeconfig, signal);
  const stopped = (findings: readonly Finding[], objects = 0): Delivered => ({ objects, removed: "nothing", findings });
  const early = await outOfOrder(kubectl, tree, environment);
  const bootstrapped = await bootstrap(kubectl, tree);
  if (bootstrapped.length > 0) return stopped([...early, ...bootstrapped]);
  const first = await deliver(kubectl, tree, environment, context);
  if (first.length > 0) return stopped([...early, ...first]);
  const objects = objectsOfEnvironment(tree, environment.name).map(({ resource }) => resource);
  const before = await kubectl.live(kindNames(objects));
  const second = await deliver(kubectl, tree, environment, context);
  const after = await kubectl.live(kindNames(objects));
  const missing = objects.filter((resource) => !after.has(identityOf(resource)));
  const leaving = leavingService(platform, environment);
  const findings = [
    ...early,
    ...second,
    ...changedFindings(before, after),
    ...missing.map(({ kind, metadata }) => refusal(`${kind} ${metadata.name} is not on the cluster`, "all objects")),
  ];
  if (leaving === undefined)
    return stopped([...findings, refusal("no service could leave the model", "one that nobody calls")], objects.length);
  return {
    objects: objects.length,
    removed: leaving.service.name,
    findings: [...findings, ...(await removed(kubectl, after, leaving, environment, context))],
  };
}

/** On an empty cluster the second part alone is refused: the order is no decoration. */
async function outOfOrder(kubectl: Kubectl, tree: RenderedTree, { name }: Environment): Promise<Finding[]> {
  const { exitCode } = await kubectl.run([
    "apply",
    "--server-side",
    "--dry-run=server",
    "--kustomize",
    join(tree.folder, "foundation/pruned", name),
  ]);
  return exitCode === 0
    ? [refusal("the foundation applies without its namespaces", "namespaces in a part of their own, applied first")]
    : [];
}

/** What a person applies once. */
async function bootstrap(kubectl: Kubectl, tree: RenderedTree): Promise<Finding[]> {
  const send = (command: readonly string[], file: string): Promise<Finding[]> =>
    kubectl.findings(file, [...command, "--filename", join(tree.folder, "bootstrap", file)]);
  return [
    ...(await send(["apply", "--server-side"], "foundation-set-definition.yaml")),
    ...(await kubectl.findings("the wait for the kind FoundationSet", [
      "wait",
      "--for=condition=Established",
      "--timeout=30s",
      "customresourcedefinition/foundationsets.plinth.dev",
    ])),
    ...(await send(["create"], "foundation-set.yaml")),
  ];
}

async function deliver(
  kubectl: Kubectl,
  tree: RenderedTree,
  environment: Environment,
  context: JudgeContext,
): Promise<Finding[]> {
  const findings = await applyFoundation(kubectl, tree, environment, context);
  if (findings.length > 0) return findings;
  const { applications, findings: unread } = await applicationsOf(tree, environment, context);
  if (unread.length > 0) return [...unread];
  const argoCd = deliveryNamespace(context.platform);
  for (const application of applications) {
    context.signal.throwIfAborted();
    findings.push(...(await sync(kubectl, argoCd, application)));
  }
  return findings;
}

async function applyFoundation(
  kubectl: Kubectl,
  { folder }: RenderedTree,
  { name }: Environment,
  { platform }: JudgeContext,
): Promise<Finding[]> {
  const apply = ["apply", "--server-side", "--field-manager=plinth"];
  const kept = await kubectl.findings("the kept part of the foundation", [
    ...apply,
    "--kustomize",
    join(folder, "foundation/kept", name),
  ]);
  if (kept.length > 0) return kept;
  return kubectl.findings("the pruned part of the foundation", [
    ...apply,
    "--prune",
    `--applyset=foundationsets.plinth.dev/${platform.name}`,
    "--kustomize",
    join(folder, "foundation/pruned", name),
  ]);
}

/** The root application, and all that it delivers. */
async function applicationsOf(
  tree: RenderedTree,
  { name }: Environment,
  { platform, signal }: JudgeContext,
): Promise<{ readonly applications: readonly Synced[]; readonly findings: readonly Finding[] }> {
  const { answers, findings } = await askArgoCd(
    [{ tree: tree.folder, path: platform.repository.path, environment: name }],
    signal,
  );
  if (findings.length > 0) return { applications: [], findings };
  const objects = objectsOfEnvironment(tree, name).map(({ resource }) => resource);
  const resources = new Map(objects.map((resource) => [identityOf(resource), resource]));
  const root = (application: { readonly project: string }): number => (application.project === rootProjectName ? 0 : 1);
  return {
    applications: readEnvironment(answers[0])
      .applications.map((application) => syncedOf(application, resources))
      .sort((a, b) => root(a) - root(b)),
    findings: [],
  };
}

interface Leaving {
  readonly service: Service;
  readonly platform: Platform;
}

/** The platform without a service that nobody calls. */
function leavingService(platform: Platform, environment: Environment): Leaving | undefined {
  const service = servicesIn(platform, environment).find((candidate) =>
    platform.environments.every((each) => callersOf(platform, candidate, each).length === 0),
  );
  return service === undefined
    ? undefined
    : { service, platform: { ...platform, services: platform.services.filter((other) => other !== service) } };
}

async function removed(
  kubectl: Kubectl,
  before: LiveObjects,
  { platform }: Leaving,
  environment: Environment,
  context: JudgeContext,
): Promise<Finding[]> {
  const objectsOf = (tree: RenderedTree): Resource[] =>
    objectsOfEnvironment(tree, environment.name).map(({ resource }) => resource);
  const old = objectsOf(context.tree);
  const tree = writtenTree(platform, join(context.workFolder, "without"));
  const staying = new Set(objectsOf(tree).map(identityOf));
  const expected = new Set(old.map(identityOf).filter((identity) => !staying.has(identity)));
  const findings = await applyFoundation(kubectl, tree, environment, context);
  if (expected.size === 0) findings.push(refusal("the tree without a service is the same", "objects that are gone"));
  const formerly = await applicationsOf(context.tree, environment, context);
  const { applications, findings: unread } = await applicationsOf(tree, environment, context);
  findings.push(...formerly.findings, ...unread);
  const argoCd = deliveryNamespace(platform);
  for (const application of applications) {
    const former = formerly.applications.find(({ name }) => name === application.name);
    if (!isDeepStrictEqual(former, application)) findings.push(...(await sync(kubectl, argoCd, application)));
    findings.push(...(await prune(kubectl, application, before)));
  }
  const byHand = environment.delivery.sync === "approval";
  for (const application of old.filter((resource) => isApplication(resource) && expected.has(identityOf(resource))))
    findings.push(...(await removeApplication(kubectl, argoCd, application, before, byHand)));
  return [...findings, ...removalFindings(before, await kubectl.live(kindNames(old)), expected)];
}

function isApplication({ apiVersion, kind }: Resource): boolean {
  return kind === "Application" && apiVersion.startsWith("argoproj.io/");
}
