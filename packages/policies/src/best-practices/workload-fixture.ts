import { labelKeys } from "@plinth/core";
import { Deployment } from "kubernetes-models/apps/v1/Deployment";
import { StatefulSet } from "kubernetes-models/apps/v1/StatefulSet";
import { type CelExpression, cel } from "../admission/cel.ts";
import { type ObjectFixture, object } from "../admission/object-fixture.ts";

/** True for a workload of one of these tiers, by the label that the platform gives everything that belongs to a service. */
export function isOfTier(tiers: readonly string[]): CelExpression {
  return cel`object.metadata.?labels[?${labelKeys.tier}].orValue('') in ${tiers}`;
}

/** What of a workload the policies about critical ones read. */
export interface WorkloadFixture {
  readonly tier?: string;
  readonly replicas?: number;
  readonly topologyKeys?: readonly string[];
  readonly separateBy?: readonly string[];
  readonly preferSeparateBy?: readonly string[];
  readonly revisionHistoryLimit?: number;
}

const selector = { matchLabels: { "app.kubernetes.io/name": "cart" } };

function specOf({ replicas, topologyKeys, separateBy, preferSeparateBy, revisionHistoryLimit }: WorkloadFixture) {
  const terms = separateBy?.map((topologyKey) => ({ topologyKey, labelSelector: selector }));
  const preferred = preferSeparateBy?.map((topologyKey) => ({
    weight: 100,
    podAffinityTerm: { topologyKey, labelSelector: selector },
  }));
  const antiAffinity = {
    ...(terms === undefined ? {} : { requiredDuringSchedulingIgnoredDuringExecution: terms }),
    ...(preferred === undefined ? {} : { preferredDuringSchedulingIgnoredDuringExecution: preferred }),
  };
  return {
    ...(replicas === undefined ? {} : { replicas }),
    ...(revisionHistoryLimit === undefined ? {} : { revisionHistoryLimit }),
    selector,
    template: {
      metadata: { labels: selector.matchLabels },
      spec: {
        containers: [{ name: "app", image: "registry.example.com/shop/cart:1.4.2" }],
        ...(Object.keys(antiAffinity).length === 0 ? {} : { affinity: { podAntiAffinity: antiAffinity } }),
        ...(topologyKeys === undefined
          ? {}
          : {
              topologySpreadConstraints: topologyKeys.map((topologyKey) => ({
                maxSkew: 1,
                topologyKey,
                whenUnsatisfiable: "ScheduleAnyway" as const,
                labelSelector: selector,
              })),
            }),
      },
    },
  };
}

function metadataOf({ tier }: WorkloadFixture) {
  return tier === undefined ? {} : { labels: { [labelKeys.tier]: tier } };
}

/** A Deployment to try policies on. */
export function deployment(workload: WorkloadFixture = {}): ObjectFixture {
  return object(Deployment, { spec: specOf(workload) }, metadataOf(workload));
}

/** A StatefulSet to try policies on. */
export function statefulSet(workload: WorkloadFixture = {}): ObjectFixture {
  return object(StatefulSet, { spec: { ...specOf(workload), serviceName: "cart" } }, metadataOf(workload));
}
