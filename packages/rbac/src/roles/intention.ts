import type { Condition } from "./condition.ts";
import type { ApiResources, Permission } from "./policy-rule.ts";
import type { certificates, ResourceGroup } from "./resource-groups.ts";

/** Permissions, and the conditions that an environment must meet for them. */
export interface Grant extends Permission {
  readonly conditions: readonly Condition[];
}

/** What somebody means to do, as the permissions that it takes. */
export type Intention = readonly Grant[];

// Verbs by what they are for: https://kubernetes.io/docs/reference/access-authn-authz/authorization/#determine-the-request-verb
const readVerbs = ["get", "list", "watch"];
// Without deletecollection: it empties a namespace in one request, and kubectl deletes one by one.
const changeVerbs = ["create", "delete", "patch", "update"];

/**
 * To see objects: get, list and watch.
 *
 * @example
 * const intention: Intention = read(workloads, pods, events);
 */
export function read(...groups: readonly ResourceGroup[]): Intention {
  return groups.map(({ resources }) => grant(readVerbs, resources));
}

/**
 * To write objects: create, update, patch and delete. Reading them is `read`.
 *
 * Who may change workloads runs code in the namespace: with any of its ServiceAccounts, and with any of its Secrets mounted.
 *
 * @example
 * const intention: Intention = change(workloads, configuration);
 */
export function change(...groups: readonly ResourceGroup[]): Intention {
  return groups.map(({ resources }) => grant(changeVerbs, resources));
}

/**
 * To set the number of replicas and nothing else, through the `scale` subresource.
 *
 * @example
 * const intention: Intention = scale(workloads);
 */
export function scale(...groups: readonly ResourceGroup<"scale">[]): Intention {
  return groups.map(({ subresources }) => grant(["get", "patch", "update"], subresource(subresources.scale, "scale")));
}

/**
 * To replace pods, one by one, by others of the same template: delete, and evict within the disruption budget.
 *
 * `kubectl rollout restart` takes `patch` on the workload, which is every field of it, the image too. Nothing can be changed by deleting a pod: its
 * controller makes it again. Who may `change(workloads)` has both.
 *
 * @example
 * const intention: Intention = restart(pods);
 */
export function restart(...groups: readonly ResourceGroup<"eviction">[]): Intention {
  return groups.flatMap(({ subresources }) => [
    grant(["delete"], subresources.eviction),
    grant(["create"], subresource(subresources.eviction, "eviction")),
  ]);
}

/**
 * To promote or abort a progressive rollout.
 *
 * @example
 * const intention: Intention = promote(workloads);
 */
export function promote(...groups: readonly ResourceGroup<"status">[]): Intention {
  return groups.map(({ subresources }) => grant(["patch"], subresource(subresources.status, "status")));
}

/**
 * To read what containers print.
 *
 * @example
 * const intention: Intention = readLogs(pods);
 */
export function readLogs(...groups: readonly ResourceGroup<"log">[]): Intention {
  return groups.map(({ subresources }) => grant(["get"], subresource(subresources.log, "log")));
}

/**
 * To run commands in containers: everything that the container may do and knows, its secrets too.
 *
 * @example
 * const intention: Intention = where(execIsOpen, exec(pods));
 */
export function exec(...groups: readonly ResourceGroup<"exec">[]): Intention {
  return groups.map(({ subresources }) => grant(streamVerbs, subresource(subresources.exec, "exec")));
}

/**
 * To reach ports of pods past every network policy.
 *
 * @example
 * const intention: Intention = where(execIsOpen, forwardPorts(pods));
 */
export function forwardPorts(...groups: readonly ResourceGroup<"portforward">[]): Intention {
  return groups.map(({ subresources }) => grant(streamVerbs, subresource(subresources.portforward, "portforward")));
}

/**
 * To add a container to a running pod and to talk to it, as `kubectl debug` of a pod does: all that the pod may do and knows.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/ephemeral-containers/
 *
 * @example
 * const intention: Intention = where(execIsOpen, debug(pods));
 */
export function debug(...groups: readonly ResourceGroup<"attach" | "ephemeralcontainers">[]): Intention {
  return groups.flatMap(({ subresources }) => [
    grant(["get", "patch", "update"], subresource(subresources.ephemeralcontainers, "ephemeralcontainers")),
    grant(streamVerbs, subresource(subresources.attach, "attach")),
  ]);
}

/**
 * To keep new pods away from nodes, and to let them in again. Emptying one takes `restart(pods)` in every namespace as well: `kubectl drain` evicts.
 *
 * RBAC knows no fields: who may patch a node may also label and taint it.
 *
 * @example
 * const intention: Intention = cordon(nodes);
 */
export function cordon(...groups: readonly ResourceGroup<"cordon">[]): Intention {
  return groups.map(({ subresources }) => grant(["patch"], subresources.cordon));
}

/**
 * To ask for a certificate again before it is due, without a word in what it says.
 *
 * @example
 * const intention: Intention = renew(certificates);
 */
export function renew({ subresources }: typeof certificates): Intention {
  return [grant(["patch", "update"], subresource(subresources.status, "status"))];
}

/**
 * To read and write Secrets: everything that they open.
 *
 * @example
 * const intention: Intention = manage(secrets);
 */
export function manage(...groups: readonly ResourceGroup<"manage">[]): Intention {
  return groups.map(({ subresources }) => grant([...readVerbs, ...changeVerbs], subresources.manage));
}

/**
 * To give away roles that hold more than one has oneself.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-binding-creation-or-update
 *
 * @example
 * const intention: Intention = bind(roles);
 */
export function bind(...groups: readonly ResourceGroup<"bind">[]): Intention {
  return groups.map(({ subresources }) => grant(["bind"], subresources.bind));
}

/**
 * To write roles that hold more than one has oneself.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#restrictions-on-role-creation-or-update
 *
 * @example
 * const intention: Intention = escalate(roles);
 */
export function escalate(...groups: readonly ResourceGroup<"escalate">[]): Intention {
  return groups.map(({ subresources }) => grant(["escalate"], subresources.escalate));
}

/**
 * Intentions that hold only in environments that meet a condition.
 *
 * @example
 * const intention: Intention = where(peopleWrite, change(workloads), scale(workloads));
 */
export function where(condition: Condition, ...intentions: readonly Intention[]): Intention {
  return intentions.flat().map((granted) => ({ ...granted, conditions: [...granted.conditions, condition] }));
}

// A WebSocket upgrade is a GET, and the API server checks `create` as well: feature gate AuthorizePodWebsocketUpgradeCreatePermission, on since Kubernetes 1.35.
const streamVerbs = ["create", "get"];

function grant(verbs: readonly string[], resources: ApiResources): Grant {
  return { verbs, resources, conditions: [] };
}

function subresource(parents: ApiResources, name: string): ApiResources {
  return Object.fromEntries(
    Object.entries(parents).map(([apiGroup, resources]) => [
      apiGroup,
      resources.map((resource) => `${resource}/${name}`),
    ]),
  );
}
