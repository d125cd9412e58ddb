import { buildResource, type Resource } from "@plinth/core";
import { Namespace } from "kubernetes-models/v1/Namespace";
import { cel } from "../admission/cel.ts";
import { previewLabel } from "../generators/preview-namespace.ts";
import { type Attempt, type AttemptPlace, changes, creates } from "./attempt.ts";
import type { GuardRail } from "./guard-rail.ts";
import type { Guarded } from "./guarded.ts";

const namespaces: AttemptPlace = { apiVersion: "v1", resource: "namespaces" };
const preview = "team-backend-preview-1";
const enforce = "pod-security.kubernetes.io/enforce";
const managedBy = "app.kubernetes.io/managed-by";

/**
 * Labels of namespaces say which rules hold in them. Through `namespaces/status` and `namespaces/finalize` labels can be changed, too.
 *
 * A preview says at its birth whose it is; which names it may have, the policy that fills it says. Afterwards its labels stay, too.
 *
 * `kubernetes.io/metadata.name`, by which policies and bindings select, needs no rail: the API server writes it over whatever a request says.
 */
export function namespaceLabelsRail({ platform, keepers, teamNamespaces: [team] }: Guarded): GuardRail {
  return {
    name: "guard-namespace-labels",
    title: "Labels of the foundation's namespaces stay",
    severity: "critical",
    why: "One label takes a namespace out of Pod Security, or makes another one look like the platform's.",
    fix: `Change podSecurity or the team in the model; ${platform.groups.admins} apply the foundation.`,
    spares: [keepers],
    operations: ["CREATE", "UPDATE"],
    resources: [{ group: "", versions: ["v1"], resources: ["namespaces", "namespaces/status", "namespaces/finalize"] }],
    scope: "Cluster",
    variables: {
      labels: cel`object.metadata.?labels.orValue({})`,
      oldLabels: cel`request.operation == 'CREATE' ? {} : oldObject.metadata.?labels.orValue({})`,
      isGuarded: cel`[variables.labels, variables.oldLabels].exists(labels, labels[?${managedBy}].orValue('') == 'plinth')
        || ${previewLabel} in variables.oldLabels`,
      names: cel`variables.labels.map(name, name) + variables.oldLabels.filter(name, !(name in variables.labels))`,
    },
    offenders: cel`variables.names
      .filter(name, name.startsWith('plinth.dev/')
        || variables.isGuarded && (name == ${managedBy} || name.startsWith('pod-security.kubernetes.io/')))
      .filter(name, variables.labels[?name] != variables.oldLabels[?name])
      .filter(name, !(name == ${previewLabel} && request.operation == 'CREATE'))
      .map(name, 'label ' + name + ' of namespace ' + object.metadata.name + ' becomes ' + variables.labels[?name].orValue('(none)'))`,
    before: [previewNamespace(preview)],
    attempts: [
      ...(team === undefined ? [] : attemptsAt(team)),
      {
        what: "makes a namespace that looks like a team's",
        by: "cluster-admin",
        request: creates(
          namespaces,
          buildResource(Namespace, { metadata: { name: "shadow", labels: { "plinth.dev/team": "backend" } } }),
        ),
        offenders: ["label plinth.dev/team of namespace shadow becomes backend"],
      },
      {
        what: "sets Pod Security aside in a preview",
        by: "cluster-admin",
        request: changes({ ...namespaces, name: preview }, { metadata: { labels: { [enforce]: "privileged" } } }),
        offenders: [`label ${enforce} of namespace ${preview} becomes privileged`],
      },
      {
        what: "gives a preview to another team",
        by: "cluster-admin",
        request: changes({ ...namespaces, name: preview }, { metadata: { labels: { [previewLabel]: "frontend" } } }),
        offenders: [`label ${previewLabel} of namespace ${preview} becomes frontend`],
      },
      {
        what: "makes a preview",
        by: "cluster-admin",
        request: creates(namespaces, previewNamespace("team-backend-preview-2")),
      },
      {
        what: "makes a namespace of their own",
        by: "cluster-admin",
        request: creates(
          namespaces,
          buildResource(Namespace, { metadata: { name: "sandbox", labels: { [enforce]: "baseline" } } }),
        ),
      },
    ],
  };
}

function attemptsAt(name: string): readonly Attempt[] {
  const at = { ...namespaces, name };
  const labels = (values: Readonly<Record<string, string | null>>) => ({ metadata: { labels: values } });
  const becomes = (label: string, value: string) => [`label ${label} of namespace ${name} becomes ${value}`] as const;
  return [
    {
      what: "sets Pod Security aside",
      by: "cluster-admin",
      request: changes(at, labels({ "pod-security.kubernetes.io/warn": "privileged" })),
      offenders: becomes("pod-security.kubernetes.io/warn", "privileged"),
    },
    {
      what: "takes the level of Pod Security away",
      by: "delivery",
      request: changes(at, labels({ [enforce]: null })),
      offenders: becomes(enforce, "(none)"),
    },
    {
      what: "sets Pod Security aside through the status",
      by: "cluster-admin",
      request: changes({ ...at, subresource: "status" }, labels({ "pod-security.kubernetes.io/warn": "privileged" })),
      offenders: becomes("pod-security.kubernetes.io/warn", "privileged"),
    },
    {
      what: "takes the namespace out of the foundation",
      by: "cluster-admin",
      request: changes(at, labels({ [managedBy]: null })),
      offenders: becomes(managedBy, "(none)"),
    },
    {
      what: "gives the namespace to another team",
      by: "cluster-admin",
      request: changes(at, labels({ "plinth.dev/team": "nobody" })),
      offenders: becomes("plinth.dev/team", "nobody"),
    },
    {
      what: "renames the namespace by its label, which the API server does not do",
      by: "cluster-admin",
      request: changes(at, labels({ "kubernetes.io/metadata.name": "kube-system" })),
    },
    {
      what: "gives the namespace a label of their own",
      by: "cluster-admin",
      request: changes(at, labels({ seen: "true" })),
    },
    {
      what: "changes the level of Pod Security",
      by: "platform-admin",
      request: changes(at, labels({ "pod-security.kubernetes.io/warn": "privileged" })),
    },
  ];
}

function previewNamespace(name: string): Resource {
  return buildResource(Namespace, { metadata: { name, labels: { [previewLabel]: "backend", [enforce]: "baseline" } } });
}
