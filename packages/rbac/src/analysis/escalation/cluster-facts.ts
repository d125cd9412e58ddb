import type { Resource } from "@plinth/core";
import type { EffectiveRole, RbacIndex } from "../../authorizer/rbac-index.ts";
import { type SubjectName, subjectKey } from "../../authorizer/subject.ts";
import { controlPlaneAccounts } from "./default-objects.ts";

/** What paths need to know of a cluster besides its permissions. */
export interface ClusterFacts {
  readonly index: RbacIndex;
  readonly namespaces: readonly string[];
  readonly serviceAccounts: ReadonlyMap<string, readonly KnownServiceAccount[]>;
  /** Namespaces in which a pod may be privileged. */
  readonly privileged: ReadonlySet<string>;
  /** By namespace. */
  readonly tokens: ReadonlyMap<string, readonly TokenSecret[]>;
  readonly roles: readonly EffectiveRole[];
}

export interface KnownServiceAccount {
  readonly subject: SubjectName;
  /** The cloud role that it is annotated with. */
  readonly cloudRole?: string;
  /** False when its pods have no token of the API server unless they ask for one. */
  readonly mountsToken: boolean;
  /** False when no pod runs with it. */
  readonly runs: boolean;
  /** True when it is an object, and not only a name in a binding. */
  readonly declared: boolean;
}

/** A ServiceAccount that pods run with. */
export interface WorkloadServiceAccount extends SubjectName {
  /** ARN of the cloud role that it is, where that is not an annotation: an association of EKS Pod Identity. */
  readonly cloudRole?: string;
}

/** A Secret that holds a ServiceAccount's token. */
export interface TokenSecret {
  readonly name: string;
  readonly serviceAccount: string;
}

// Nobody sets a Pod Security level on these: they hold what the node itself needs.
const systemNamespaces: readonly string[] = ["default", "kube-node-lease", "kube-public", "kube-system"];

/** Reads ServiceAccounts, Namespaces and token Secrets. Without a list of those that run, a pod may run with every ServiceAccount. */
export function clusterFacts(
  resources: readonly Resource[],
  index: RbacIndex,
  running: readonly WorkloadServiceAccount[] | undefined,
): ClusterFacts {
  const runs = running === undefined ? undefined : new Map(running.map((account) => [subjectKey(account), account]));
  const known = new Map<string, KnownServiceAccount>();
  const remember = (
    subject: SubjectName,
    facts: { cloudRole?: string; mountsToken: boolean; declared: boolean },
  ): void => {
    const key = subjectKey(subject);
    const inPods = !controlPlaneAccounts.has(`${subject.namespace}/${subject.name}`);
    const cloudRole = facts.cloudRole ?? runs?.get(key)?.cloudRole;
    known.set(key, {
      subject,
      ...facts,
      ...(cloudRole === undefined ? {} : { cloudRole }),
      runs: inPods && (runs === undefined || runs.has(key)),
    });
  };
  for (const subject of index.subjects)
    if (subject.kind === "ServiceAccount") remember(subject, { mountsToken: true, declared: false });
  const namespaces = new Set<string>(["kube-system", ...index.inNamespace.keys()]);
  const levels = new Map<string, string>(systemNamespaces.map((name) => [name, "privileged"]));
  const tokens = new Map<string, TokenSecret[]>();
  for (const { apiVersion, kind, metadata, ...fields } of resources) {
    if (apiVersion !== "v1") continue;
    const { name, namespace = "default", annotations = {}, labels = {} } = metadata;
    if (kind === "ServiceAccount") {
      const cloudRole = annotations["eks.amazonaws.com/role-arn"];
      remember(
        { kind, name, namespace },
        {
          ...(cloudRole === undefined ? {} : { cloudRole }),
          mountsToken: fields["automountServiceAccountToken"] !== false,
          declared: true,
        },
      );
    } else if (kind === "Namespace") {
      namespaces.add(name);
      // Without the label a namespace enforces what the API server's configuration says: nothing, unless somebody changed it.
      levels.set(name, labels["pod-security.kubernetes.io/enforce"] ?? "privileged");
    } else if (kind === "Secret" && fields["type"] === "kubernetes.io/service-account-token") {
      const serviceAccount = annotations["kubernetes.io/service-account.name"];
      if (serviceAccount !== undefined)
        tokens.set(namespace, [...(tokens.get(namespace) ?? []), { name, serviceAccount }]);
    }
  }
  const serviceAccounts = new Map<string, KnownServiceAccount[]>();
  for (const [, account] of [...known].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { namespace = "" } = account.subject;
    namespaces.add(namespace);
    serviceAccounts.set(namespace, [...(serviceAccounts.get(namespace) ?? []), account]);
  }
  return {
    index,
    namespaces: [...namespaces].sort(),
    serviceAccounts,
    privileged: new Set([...levels].flatMap(([name, level]) => (level === "privileged" ? [name] : []))),
    tokens,
    roles: index.roles,
  };
}
