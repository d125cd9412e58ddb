import { type Environment, type Platform, servicesIn, type Tier, teamNamed } from "@plinth/core";
import { Deployment } from "kubernetes-models/apps/v1/Deployment";
import { StatefulSet } from "kubernetes-models/apps/v1/StatefulSet";
import { type CelExpression, cel, celLiteral } from "../admission/cel.ts";
import { type ObjectFixture, object } from "../admission/object-fixture.ts";
import { writeWhere } from "./json-patch.ts";
import { type Change, deploymentKind, type Mutation, statefulSetKind } from "./mutation.ts";

/** The classes by tier. Pods that name none get `tier-medium` from the cluster, so that nothing is written for it. */
const classes: Readonly<Record<Tier, string | undefined>> = {
  critical: "tier-critical",
  high: "tier-high",
  medium: undefined,
  low: "tier-low",
};

/** A service whose tier says something about its pods. */
interface Prioritised {
  readonly service: string;
  readonly namespace: string;
  readonly priorityClassName: string;
}

/**
 * The pods of a service have the priority of its tier, where its Deployment or StatefulSet names none. In the template, because a pod has the cluster's default
 * priority already when policies see it; Argo CD compares what Git says, and Git says nothing there.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/
 */
export const defaultPriorityClass: Mutation = {
  name: "default-priority-class",
  title: "Default priority class",
  category: "Resources",
  what: "A Deployment or StatefulSet of a service gets the PriorityClass of the service's tier, where it names none.",
  why: "Without a priority a critical service waits for a node like any other, while one of the tier low keeps its room.",
  keepYourOwn: "Set priorityClassName in the template.",
  kinds: [deploymentKind, statefulSetKind],
  conditions: {
    "says-nothing": cel`!has(object.spec.template.spec.priorityClassName) && !has(object.spec.template.spec.priority)`,
  },
  variables: {
    priorityClass: cel`''`,
  },
  patches: [
    writeWhere(
      cel`variables.priorityClass != ''`,
      "/spec/template/spec/priorityClassName",
      cel`variables.priorityClass`,
    ),
  ],
  changes: [],
  keeps: [deployment("unknown"), deployment("cart", "team-own"), unlabelled()],
  inEnvironment: (platform, environment) => {
    const services = prioritisedServices(platform, environment);
    if (services.length === 0) return undefined;
    return {
      ...defaultPriorityClass,
      variables: { priorityClass: classTable(services) },
      changes: services.flatMap(changesOf),
    };
  },
};

function prioritisedServices(platform: Platform, environment: Environment): readonly Prioritised[] {
  return servicesIn(platform, environment)
    .flatMap((service): Prioritised[] => {
      const priorityClassName = classes[service.tier];
      const { namespace, tenancy } = teamNamed(platform, service.team);
      if (priorityClassName === undefined) return [];
      // What the team may not use would be refused.
      if (tenancy.allowed.priorityClasses?.includes(priorityClassName) === false) return [];
      return [{ service: service.name, namespace, priorityClassName }];
    })
    .sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
}

function placeOf({ namespace, service }: Prioritised): string {
  return `${namespace}/${service}`;
}

function classTable(services: readonly Prioritised[]): CelExpression {
  const entries = services.map(
    (service) => `${celLiteral(placeOf(service))}: ${celLiteral(service.priorityClassName)}`,
  );
  const table = { expression: `{\n  ${entries.join(",\n  ")}\n}` };
  return cel`${table}[?request.namespace + '/' + object.spec.template.?metadata.?labels[?'app.kubernetes.io/name'].orValue('')].orValue('')`;
}

function changesOf({ service, namespace, priorityClassName }: Prioritised): Change[] {
  return [
    { namespace, before: deployment(service), after: deployment(service, priorityClassName) },
    { namespace, before: statefulSet(service), after: statefulSet(service, priorityClassName) },
  ];
}

function deployment(service: string, priorityClassName?: string): ObjectFixture {
  return object(Deployment, { spec: { replicas: 2, ...workload(service, priorityClassName) } });
}

function statefulSet(service: string, priorityClassName?: string): ObjectFixture {
  return object(StatefulSet, { spec: { serviceName: service, ...workload(service, priorityClassName) } });
}

function unlabelled(): ObjectFixture {
  const labels = { app: "cart" };
  const { template } = workload("cart");
  return object(Deployment, {
    spec: { selector: { matchLabels: labels }, template: { ...template, metadata: { labels } } },
  });
}

function workload(service: string, priorityClassName?: string) {
  const labels = { "app.kubernetes.io/name": service };
  return {
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        ...(priorityClassName === undefined ? {} : { priorityClassName }),
        containers: [{ name: "app", image: "registry.example.com/shop/cart:1.4.2" }],
      },
    },
  };
}
