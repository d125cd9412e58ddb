import { describe, expect, test } from "vitest";
import { compareTrees } from "../../comparison/compare-trees.ts";
import { readOfObjects, toldOfObjects, treeOfObjects, unmirroredObjects } from "../whole/told.fixture.ts";
import { capacityConsequencesAt } from "./capacity-consequences.ts";

function quota(hard: string, scope = ""): string {
  return `
apiVersion: v1
kind: ResourceQuota
metadata: { name: team-ml, namespace: team-ml, labels: { plinth.dev/team: ml } }
spec: { hard: { ${hard} }${scope} }`;
}

function limitRange(cpu: string): string {
  return `
apiVersion: v1
kind: LimitRange
metadata: { name: team-ml, namespace: team-ml, labels: { plinth.dev/team: ml } }
spec: { limits: [{ type: Container, defaultRequest: { cpu: ${cpu} } }] }`;
}

function priorityClass(value: number, policy = "Never"): string {
  return `{ apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: { name: tier-high }, value: ${value}, preemptionPolicy: ${policy} }`;
}

function deployment(replicas: number, cpu: string, memory: string): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ad, namespace: team-ml, labels: { plinth.dev/team: ml, plinth.dev/service: ad } }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: ad } }
  template:
    spec:
      containers:
        - name: ad
          resources: { requests: { cpu: ${cpu}, memory: ${memory} }, limits: { memory: ${memory} } }`;
}

function daemonSet(memory: string): string {
  return `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: node-agent, namespace: monitoring }
spec:
  selector: { matchLabels: { app: node-agent } }
  template: { spec: { containers: [{ name: agent, resources: { requests: { memory: ${memory} } } }] } }`;
}

const changes: readonly (readonly [name: string, before: string[], after: string[], said: readonly string[]])[] = [
  [
    "a quota that shrinks",
    [quota('requests.cpu: "40"')],
    [quota('requests.cpu: "20"')],
    ["quota-lowered (ml): quota of team-ml shrinks: requests.cpu 40 → 20 (-50 %)"],
  ],
  [
    "a quota that grows and no longer counts something",
    [quota('requests.cpu: "40", pods: "10"')],
    [quota('requests.cpu: "50"')],
    ["quota-raised (ml): quota of team-ml grows: pods 10 → no limit and requests.cpu 40 → 50 (+25 %)"],
  ],
  [
    "a quota of the same amount in other words",
    [quota("requests.memory: 2Gi")],
    [quota("requests.memory: 2048Mi")],
    [],
  ],
  [
    "a quota that is gone",
    [quota('pods: "10"'), limitRange("100m")],
    [limitRange("100m")],
    ["quota-removed (ml): quota of team-ml is gone: nothing limits what it counted"],
  ],
  [
    "a quota that counts other pods",
    [quota('pods: "10"', ", scopes: [BestEffort]")],
    [quota('pods: "10"', ", scopes: [NotBestEffort]")],
    [
      "immutable-field-changed (ml): ResourceQuota team-ml in team-ml must be deleted and made again: spec.scopes cannot change",
      "quota-scope-changed (ml): quota of team-ml counts other pods",
    ],
  ],
  [
    "other requests for containers that say nothing",
    [limitRange("100m")],
    [limitRange("200m")],
    ['container-limits-changed (ml): containers in team-ml get defaultRequest.cpu: "200m", not "100m"'],
  ],
  [
    "a priority that rises: the class must be made anew",
    [priorityClass(1000)],
    [priorityClass(2000)],
    [
      "immutable-field-changed: PriorityClass tier-high must be deleted and made again: value cannot change",
      "priority-raised: priority class tier-high has the value 2000, not 1000",
    ],
  ],
  [
    "a priority class that is gone",
    [priorityClass(1000)],
    [],
    ["priority-class-removed: priority class tier-high is gone: pods that name it are refused"],
  ],
  [
    "a priority class that pushes others out",
    [priorityClass(1000)],
    [priorityClass(1000, "PreemptLowerPriority")],
    [
      "immutable-field-changed: PriorityClass tier-high must be deleted and made again: preemptionPolicy cannot change",
      "priority-class-changed: priority class tier-high has another preemptionPolicy",
    ],
  ],
  [
    "containers that say nothing get nothing",
    [quota('pods: "10"'), limitRange("100m")],
    [quota('pods: "10"')],
    ["container-limits-removed (ml): containers in team-ml get nothing where they say nothing"],
  ],
  [
    "more pods",
    [deployment(2, "500m", "1Gi")],
    [deployment(4, "500m", "1Gi")],
    [
      "replicas-increased (ml/ad): ad runs 4 pods, not 2 pods",
      "reservation-grown (ml/ad): pods of ml reserve 1 CPU more and 2 GiB of memory more",
    ],
  ],
  [
    "larger pods that need less CPU",
    [deployment(2, "500m", "1Gi")],
    [deployment(2, "250m", "2Gi")],
    [
      "reservation-shifted (ml/ad): pods of ml reserve 0.5 CPU less and 2 GiB of memory more",
      "resource-limit-raised (ml/ad): ad may use 2 GiB of memory, not 1 GiB of memory",
    ],
  ],
  [
    "a pod on each node that needs more",
    [daemonSet("256Mi")],
    [daemonSet("512Mi")],
    ["reservation-grown: the platform's pods on each node reserve 0.25 GiB of memory more"],
  ],
];

describe("Consequences for quotas and cost", () => {
  test.each(changes)("%s", (_, before, after, said) => {
    expect(toldOfObjects(before, after)).toEqual(said);
    expect(unmirroredObjects(before, after)).toEqual([]);
  });

  test("a quota says what all quotas together come to", () => {
    const other = quota('requests.cpu: "60"').replaceAll("team-ml", "team-data");
    const [told] = readOfObjects([quota('requests.cpu: "40"'), other], [quota('requests.cpu: "20"'), other]);
    expect(told?.details).toEqual(["all quotas together: requests.cpu 100 → 80"]);
  });

  test("money is named where prices are", () => {
    const comparison = compareTrees(
      treeOfObjects([deployment(2, "500m", "1Gi")]),
      treeOfObjects([deployment(4, "500m", "1Gi")]),
    );
    const priced = capacityConsequencesAt({ currency: "EUR", cpu: 0.04, memory: 0.005, storage: 0.0001 });
    const details = priced(comparison).flatMap((each) => (each.rule === "reservation-grown" ? each.details : []));
    // 1 CPU and 2 GiB for 730 hours.
    expect(details.at(-1)).toBe("about 36.5 EUR a month more");
  });
});
