import { type Environment, type Platform, runsIn, type Service } from "@plinth/core";

/** Something that a service declares about who talks to whom, and the same platform without it. */
export interface DeclaredDependency {
  readonly service: Service;
  /** `calls quote`: as a finding names it. */
  readonly name: string;
  /** True when the service may declare the same connections a second time: two topics of a queue, two hosts outside. */
  readonly sharesTarget: boolean;
  /** The platform in which the service does not declare it. */
  readonly without: Platform;
}

/** Everything that services which run in an environment declare about connections, one by one. */
export function declaredDependencies(platform: Platform, environment: Environment): readonly DeclaredDependency[] {
  return platform.services
    .filter((service) => runsIn(service, environment))
    .flatMap((service) => {
      const all = removals(service);
      return all.map(({ name, target, changed }) => ({
        service,
        name,
        sharesTarget: all.filter((other) => other.target === target).length > 1,
        without: { ...platform, services: platform.services.map((other) => (other === service ? changed : other)) },
      }));
    });
}

interface Removal {
  readonly name: string;
  /** What it is about: a service, a data store, whatever lies outside. */
  readonly target: string;
  readonly changed: Service;
}

function removals(service: Service): readonly Removal[] {
  const { calls, stores, produces, consumes, external } = service;
  const { kubernetesApi, ...withoutApi } = service;
  const { publicPort, ...withoutPublicPort } = service;
  return [
    ...calls.map((call) => ({
      name: `calls ${call.service}`,
      target: call.service,
      changed: { ...service, calls: calls.filter((other) => other !== call) },
    })),
    ...stores.map((store) => ({
      name: `stores ${store}`,
      target: store,
      changed: { ...service, stores: stores.filter((other) => other !== store) },
    })),
    ...produces.map((topic) => ({
      name: `produces ${topic.store}/${topic.topic}`,
      target: topic.store,
      changed: { ...service, produces: produces.filter((other) => other !== topic) },
    })),
    ...consumes.map((topic) => ({
      name: `consumes ${topic.store}/${topic.topic}`,
      target: topic.store,
      changed: { ...service, consumes: consumes.filter((other) => other !== topic) },
    })),
    ...external.map((host) => ({
      name: `external ${host.host}`,
      target: "outside",
      changed: { ...service, external: external.filter((other) => other !== host) },
    })),
    ...(kubernetesApi === undefined ? [] : [{ name: "kubernetesApi", target: "kubernetesApi", changed: withoutApi }]),
    ...(publicPort === undefined ? [] : [{ name: "publicPort", target: "publicPort", changed: withoutPublicPort }]),
  ];
}
