import { type Component, once } from "@plinth/core";

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
