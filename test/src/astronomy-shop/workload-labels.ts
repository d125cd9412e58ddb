import { type DataStore, type Platform, podLabelsOf, type Service } from "@plinth/core";
import { ApiObject, JsonPatch } from "cdk8s";
import type { Construct } from "constructs";
import { version } from "./image.ts";

/** Labels of a workload and of its pods: those that select it, and whose it is. */
export function labelsOf(platform: Platform, entry: Service | DataStore): Record<string, string> {
  return {
    ...podLabelsOf(entry),
    "app.kubernetes.io/part-of": platform.name,
    "app.kubernetes.io/version": version,
    "plinth.dev/team": entry.team,
    ...("tier" in entry ? { "plinth.dev/tier": entry.tier } : {}),
  };
}

/** Sets what cdk8s-plus has no word for, below `spec`, by path. */
export function alsoSay(construct: Construct, fields: Readonly<Record<string, unknown>>): void {
  const object = ApiObject.of(construct);
  for (const [path, value] of Object.entries(fields)) object.addJsonPatch(JsonPatch.add(`/spec/${path}`, value));
}
