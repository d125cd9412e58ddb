import type { JsonSchema } from "./json-schema.ts";

/** How the API server limits `metadata.name` of a kind (https://kubernetes.io/docs/concepts/overview/working-with-objects/names/). */
export type NameRule = "dns-subdomain" | "dns-subdomain-52" | "dns-label" | "path-segment";

const label = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
const subdomain = `${label}(\\.${label})*`;
const qualifiedPart = "[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";

/** A name that may stand in a URL path: not `.` or `..`, no `/`, no `%`. */
const pathSegment = "^([^./%][^/%]*|\\.[^./%][^/%]*|\\.\\.[^/%]+)$";

/** The limits of each rule as JSON Schema. */
export const nameLimits: Readonly<Record<NameRule, JsonSchema>> = {
  "dns-subdomain": { pattern: `^${subdomain}$`, maxLength: 253 },
  // A CronJob's name, so that its Jobs' names stay within 63 characters.
  "dns-subdomain-52": { pattern: `^${subdomain}$`, maxLength: 52 },
  "dns-label": { pattern: `^${label}$`, maxLength: 63 },
  "path-segment": { pattern: pathSegment },
};

/** A label's key: an optional DNS subdomain and a name of at most 63 characters. */
export const labelKeyPattern: string = `^(${subdomain}/)?${qualifiedPart}$`;

/** An annotation's key: a label's key whose prefix may have capitals. */
export const annotationKeyPattern: string = `^((?i:${subdomain})/)?${qualifiedPart}$`;

/** A label's value: empty, or at most 63 characters that begin and end with a letter or digit. */
export const labelValuePattern: string = `^(${qualifiedPart})?$`;

/** What each of the patterns asks for, in words, for messages. */
export const namePatternMeanings: Readonly<Record<string, string>> = {
  [`^${subdomain}$`]: "lower case letters, digits, '-' and '.', beginning and ending with a letter or digit",
  [`^${label}$`]: "lower case letters, digits and '-', beginning and ending with a letter or digit",
  [pathSegment]: "a name other than '.' and '..', without '/' and '%'",
  [labelValuePattern]: "at most 63 letters, digits, '-', '_' and '.', beginning and ending with a letter or digit",
};

/**
 * The built-in kinds whose names follow another rule than the path segment that every name must be. Measured on a
 * kube-apiserver 1.36 and read in k8s.io/kubernetes pkg/apis/<group>/validation. Kinds that are not here (RBAC, Event,
 * PodDisruptionBudget, CertificateSigningRequest, APIService, CustomResourceDefinition, …) take any path segment or have a
 * rule that no pattern can say.
 */
export const builtInNameRules: Readonly<Record<string, Readonly<Record<string, NameRule>>>> = {
  "": {
    ...rule("dns-subdomain", [
      "ConfigMap",
      "Endpoints",
      "LimitRange",
      "Node",
      "PersistentVolume",
      "PersistentVolumeClaim",
      "Pod",
      "PodTemplate",
      "ReplicationController",
      "ResourceQuota",
      "Secret",
      "ServiceAccount",
    ]),
    ...rule("dns-label", ["Namespace", "Service"]),
  },
  "admissionregistration.k8s.io": rule("dns-subdomain", [
    "MutatingAdmissionPolicy",
    "MutatingAdmissionPolicyBinding",
    "MutatingWebhookConfiguration",
    "ValidatingAdmissionPolicy",
    "ValidatingAdmissionPolicyBinding",
    "ValidatingWebhookConfiguration",
  ]),
  apps: {
    ...rule("dns-subdomain", ["ControllerRevision", "DaemonSet", "Deployment", "ReplicaSet"]),
    ...rule("dns-label", ["StatefulSet"]),
  },
  autoscaling: rule("dns-subdomain", ["HorizontalPodAutoscaler"]),
  batch: { ...rule("dns-subdomain", ["Job"]), ...rule("dns-subdomain-52", ["CronJob"]) },
  "coordination.k8s.io": rule("dns-subdomain", ["Lease"]),
  "discovery.k8s.io": rule("dns-subdomain", ["EndpointSlice"]),
  "events.k8s.io": rule("dns-subdomain", ["Event"]),
  "flowcontrol.apiserver.k8s.io": rule("dns-subdomain", ["FlowSchema", "PriorityLevelConfiguration"]),
  "networking.k8s.io": rule("dns-subdomain", ["Ingress", "IngressClass", "NetworkPolicy", "ServiceCIDR"]),
  "node.k8s.io": rule("dns-subdomain", ["RuntimeClass"]),
  "resource.k8s.io": rule("dns-subdomain", ["DeviceClass", "ResourceClaim", "ResourceClaimTemplate", "ResourceSlice"]),
  "scheduling.k8s.io": rule("dns-subdomain", ["PriorityClass"]),
  "storage.k8s.io": rule("dns-subdomain", [
    "CSIDriver",
    "CSINode",
    "CSIStorageCapacity",
    "StorageClass",
    "VolumeAttachment",
    "VolumeAttributesClass",
  ]),
};

function rule(name: NameRule, kinds: readonly string[]): Record<string, NameRule> {
  return Object.fromEntries(kinds.map((kind) => [kind, name]));
}

/** The rule for the names of a built-in kind. */
export function builtInNameRule(group: string, kind: string): NameRule {
  return builtInNameRules[group]?.[kind] ?? "path-segment";
}
