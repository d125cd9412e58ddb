import { emitYaml, type Finding, groupOf, identityOf, type Resource } from "@plinth/core";
import { serviceAccountNamed } from "@plinth/rbac";
import type { ReadApplication, ReadObject } from "./argocd-questions.ts";
import { type Kubectl, refusal } from "./delivery-kubectl.ts";
import type { LiveObjects } from "./delivery-states.ts";

/** By this annotation Argo CD knows its own: what carries it and is no longer in Git is pruned. */
const trackingKey = "argocd.argoproj.io/tracking-id";
const syncOptionsKey = "argocd.argoproj.io/sync-options";
const cascade = "resources-finalizer.argocd.argoproj.io/foreground";

// The order within a wave; what is not named comes last (gitops-engine pkg/sync/sync_tasks.go).
const kindOrder: readonly string[] = [
  "Namespace",
  "NetworkPolicy",
  "ResourceQuota",
  "LimitRange",
  "PodDisruptionBudget",
  "ServiceAccount",
  "Secret",
  "ConfigMap",
  "CustomResourceDefinition",
  "ClusterRole",
  "ClusterRoleBinding",
  "Role",
  "RoleBinding",
  "Service",
  "DaemonSet",
  "Deployment",
  "StatefulSet",
  "Job",
  "CronJob",
  "Ingress",
];

/** One application, with the objects of its folder. */
export interface Synced {
  readonly name: string;
  readonly project: string;
  readonly objects: readonly { readonly resource: Resource; readonly wave: number }[];
}

/** The application as Argo CD reads it, with the objects themselves. */
export function syncedOf(application: ReadApplication, resources: ReadonlyMap<string, Resource>): Synced {
  const { name, project, objects } = application;
  return {
    name,
    project,
    objects: objects.flatMap((object) => {
      const resource = resources.get(readIdentity(object));
      return resource === undefined ? [] : [{ resource, wave: object.wave }];
    }),
  };
}

export function readIdentity({ group, kind, namespace, name }: ReadObject): string {
  return identityOf({
    apiVersion: group === "" ? "v1" : `${group}/v1`,
    kind,
    metadata: { name, ...(namespace === "" ? {} : { namespace }) },
  });
}

/**
 * What a sync of Argo CD does to the API server: server-side apply as the account of the project, by Argo CD's field manager, wave by wave, and in each by kind and
 * name.
 */
export async function sync(kubectl: Kubectl, argoCd: string, { name, project, objects }: Synced): Promise<Finding[]> {
  const waves = [...new Set(objects.map(({ wave }) => wave))].sort((a, b) => a - b);
  for (const wave of waves) {
    const ordered = objects
      .filter((object) => object.wave === wave)
      .map(({ resource }) => resource)
      .sort((a, b) => rank(a) - rank(b) || (a.metadata.name < b.metadata.name ? -1 : 1));
    const findings = await kubectl.findings(
      `wave ${wave} of the application ${name}`,
      [...applyAs(project, argoCd), "--filename=-"],
      ordered.map((resource) => emitYaml(tracked(resource, name))).join("---\n"),
    );
    if (findings.length > 0) return findings;
  }
  return [];
}

function applyAs(project: string, argoCd: string): readonly string[] {
  return [
    "apply",
    "--server-side",
    "--force-conflicts",
    "--field-manager=argocd-controller",
    `--as=${serviceAccountNamed(project, argoCd).user}`,
  ];
}

function rank({ kind }: Resource): number {
  const position = kindOrder.indexOf(kind);
  return position === -1 ? kindOrder.length : position;
}

function tracked(resource: Resource, application: string): Resource {
  const { name, namespace = "", annotations } = resource.metadata;
  const id = `${application}:${groupOf(resource)}/${resource.kind}:${namespace}/${name}`;
  return { ...resource, metadata: { ...resource.metadata, annotations: { ...annotations, [trackingKey]: id } } };
}

/** The live objects of an application. */
function trackedBy(application: string, live: LiveObjects): Resource[] {
  return [...live.values()].filter((resource) =>
    resource.metadata.annotations?.[trackingKey]?.startsWith(`${application}:`),
  );
}

/**
 * What a sync removes with pruning: what the application has delivered and its folder no longer holds. Not the applications that the root has delivered: theirs is a
 * removal of its own.
 */
export async function prune(kubectl: Kubectl, { name, objects }: Synced, live: LiveObjects): Promise<Finding[]> {
  const staying = new Set(objects.map(({ resource }) => identityOf(resource)));
  const gone = trackedBy(name, live).filter(
    (resource) => !staying.has(identityOf(resource)) && resource.kind !== "Application",
  );
  return gone.length === 0 ? [] : removeObjects(kubectl, `what ${name} no longer holds`, gone);
}

function removeObjects(kubectl: Kubectl, what: string, resources: readonly Resource[]): Promise<Finding[]> {
  return kubectl.findings(
    `the end of ${what}`,
    ["delete", "--wait=true", "--filename=-"],
    resources.map((resource) => emitYaml(referenceTo(resource))).join("---\n"),
  );
}

/**
 * What Argo CD removes once an Application is gone from Git: the Application, and by its finalizer everything that it has delivered. In an environment delivered by
 * hand somebody has to confirm it, and says so by an annotation that this plays.
 */
export async function removeApplication(
  kubectl: Kubectl,
  argoCd: string,
  application: Resource,
  live: LiveObjects,
  byHand: boolean,
): Promise<Finding[]> {
  const { name } = application.metadata;
  const options = application.metadata.annotations?.[syncOptionsKey] ?? "";
  const findings =
    byHand === options.includes("Prune=confirm") && byHand === options.includes("Delete=confirm")
      ? []
      : [
          refusal(
            `the application ${name} is removed ${byHand ? "without a question" : "only after a question"}`,
            "a question where a merge waits for approval, and none elsewhere",
          ),
        ];
  const finalizers: unknown = Reflect.get(application.metadata, "finalizers");
  if (Array.isArray(finalizers) && finalizers.includes(cascade)) {
    const objects = trackedBy(name, live);
    if (objects.length > 0) findings.push(...(await removeObjects(kubectl, `what ${name} has delivered`, objects)));
  }
  const place = ["--namespace", argoCd, `application.argoproj.io/${name}`];
  return [
    ...findings,
    ...(await kubectl.findings(`the end of ${name}`, ["patch", ...place, "--type=merge", "--patch", noFinalizers])),
    ...(await kubectl.findings(`the end of ${name}`, ["delete", ...place])),
  ];
}

const noFinalizers = JSON.stringify({ metadata: { finalizers: null } });

function referenceTo({ apiVersion, kind, metadata: { name, namespace } }: Resource): Resource {
  return { apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) } };
}
