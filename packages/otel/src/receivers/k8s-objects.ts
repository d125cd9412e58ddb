import { type Extension, idOf, type Options, type Receiver, usesOf, written } from "../configuration/component.ts";
import type { Duration } from "../configuration/duration.ts";
import { logsOnly } from "../configuration/signal.ts";
import type { LeaderElector } from "../extensions/k8s-leader-elector.ts";

export interface K8sObjectsOptions {
  /** Which objects. */
  readonly objects: readonly K8sObject[];
  /** What an object that cannot be read does: `ignore` logs it and goes on, `propagate` ends the collector. @default "ignore"; the receiver's own default is "propagate" */
  readonly errorMode?: "ignore" | "silent" | "propagate";
  /** Begin a watch with the objects that are there, instead of with what changes. @default false */
  readonly includeInitialState?: boolean;
  /** Keeps what has been seen over a restart. @default in memory */
  readonly storage?: Extension;
  /** Lets one of several collectors do it. @default every collector does it */
  readonly leaderElector?: LeaderElector;
  /** Tells two receivers apart. */
  readonly name?: string;
}

/** Objects of one kind: watched for changes, or read again and again. */
export type K8sObject = WatchedObjects | PulledObjects;

interface ObjectSelection {
  /** The resource, in the plural: `events`. */
  readonly resource: string;
  /** Its group, where a resource of that name is in several: `events.k8s.io`. @default whichever has it */
  readonly group?: string;
  /** Only in these namespaces. @default all */
  readonly namespaces?: readonly string[];
  /** @default all */
  readonly labelSelector?: string;
  /** @default all */
  readonly fieldSelector?: string;
}

export interface WatchedObjects extends ObjectSelection {
  readonly mode: "watch";
  /** Changes that are left out. @default none */
  readonly excludeChanges?: readonly ("ADDED" | "MODIFIED" | "DELETED" | "BOOKMARK" | "ERROR")[];
}

export interface PulledObjects extends ObjectSelection {
  readonly mode: "pull";
  /** How often. @default "1h" */
  readonly interval?: Duration;
  /** Before the first time; less than the interval. @default none */
  readonly initialDelay?: Duration;
}

/**
 * Emits objects of the API server as log records: the cluster's events, mostly. One collector of a cluster does it. Needs `get`, `list` and `watch` on them.
 * `k8sobjects` before collector 0.151.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/receiver/k8sobjectsreceiver
 * @example
 * k8sObjects({ objects: [{ resource: "events", group: "events.k8s.io", mode: "watch", excludeChanges: ["DELETED"] }] });
 */
export function k8sObjects({
  objects,
  errorMode = "ignore",
  includeInitialState,
  storage,
  leaderElector,
  name,
}: K8sObjectsOptions): Receiver<"logs"> {
  return {
    kind: "receiver",
    type: "k8s_objects",
    ...(name === undefined ? {} : { name }),
    options: written({
      auth_type: "serviceAccount",
      objects: objects.map(objectOptions),
      error_mode: errorMode,
      include_initial_state: includeInitialState,
      storage: storage && idOf(storage),
      k8s_leader_elector: leaderElector && idOf(leaderElector),
    }),
    ...usesOf(storage, leaderElector),
    emits: logsOnly,
  };
}

function objectOptions(object: K8sObject): Options {
  const { resource, group, namespaces, labelSelector, fieldSelector, mode } = object;
  return written({
    name: resource,
    group,
    mode,
    namespaces,
    label_selector: labelSelector,
    field_selector: fieldSelector,
    ...(object.mode === "watch"
      ? { exclude_watch_type: object.excludeChanges }
      : { interval: object.interval, initial_delay: object.initialDelay }),
  });
}
