import type { PolicyRule } from "../roles/policy-rule.ts";
import type { AccessRequest } from "./access-request.ts";

// The comparisons of k8s.io/kubernetes pkg/apis/rbac/v1/evaluation_helpers.go.

/** True when the rule allows the request, whoever asks. */
export function ruleAllows(rule: PolicyRule, request: AccessRequest): boolean {
  if (!includesOrAll(rule.verbs, request.verb)) return false;
  if ("path" in request) return (rule.nonResourceURLs ?? []).some((pattern) => pathMatches(pattern, request.path));
  const { apiGroup = "", name = "", resource } = request;
  return (
    includesOrAll(rule.apiGroups ?? [], apiGroup) &&
    resourceMatches(rule.resources ?? [], resource) &&
    nameMatches(rule.resourceNames ?? [], name)
  );
}

function includesOrAll(values: readonly string[], wanted: string): boolean {
  return values.includes("*") || values.includes(wanted);
}

/** `pods` and `pods/log` are different resources; `*` is all of both, and a `*` before the slash is that subresource of everything. */
export function resourceMatches(resources: readonly string[], wanted: string): boolean {
  if (includesOrAll(resources, wanted)) return true;
  const slash = wanted.indexOf("/");
  return slash !== -1 && resources.includes(`*${wanted.slice(slash)}`);
}

function nameMatches(names: readonly string[], wanted: string): boolean {
  return names.length === 0 || names.includes(wanted);
}

/** A `*` at the end stands for the rest of the path, and nowhere else for anything. */
export function pathMatches(pattern: string, path: string): boolean {
  return pattern === path || (pattern.endsWith("*") && path.startsWith(pattern.replace(/\*+$/, "")));
}
