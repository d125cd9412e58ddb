import type { Component, Resource } from "@plinth/core";

/**
 * The same component, which makes the resources of one platform, environment, team or service once: a review that asks for them again, after they were
 * rendered, costs no second rendering. What it was asked with is known by identity, and forgotten with it.
 *
 * @example
 * const network = [networkBaseline, serviceNetwork, dataStoreNetwork].map(remembered);
 * const components = [...network, networkReview(network)];
 */
export function remembered(component: Component): Component {
  if (component.layer === "argocd") return component;
  const { perTeam, perService } = component;
  const parts = {
    ...(perTeam === undefined ? {} : { perTeam: once(perTeam.bind(component)) }),
    ...(perService === undefined ? {} : { perService: once(perService.bind(component)) }),
  };
  if (component.layer === "application") return { ...component, ...parts };
  const { shared, perEnvironment } = component;
  return {
    ...component,
    ...parts,
    ...(shared === undefined ? {} : { shared: once(shared.bind(component)) }),
    ...(perEnvironment === undefined ? {} : { perEnvironment: once(perEnvironment.bind(component)) }),
  };
}

type Maker<Subjects extends readonly object[]> = (...subjects: Subjects) => readonly Resource[];

interface Memory {
  readonly deeper: WeakMap<object, Memory>;
  resources?: readonly Resource[];
}

function once<Subjects extends readonly object[]>(make: Maker<Subjects>): Maker<Subjects> {
  const root: Memory = { deeper: new WeakMap() };
  return (...subjects) => {
    let place = root;
    for (const subject of subjects) {
      const next: Memory = place.deeper.get(subject) ?? { deeper: new WeakMap() };
      place.deeper.set(subject, next);
      place = next;
    }
    place.resources ??= make(...subjects);
    return place.resources;
  };
}
