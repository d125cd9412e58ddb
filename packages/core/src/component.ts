import type { Finding } from "./finding.ts";
import type { Environment } from "./model/environment.ts";
import type { Platform } from "./model/platform.ts";
import type { Service } from "./model/service.ts";
import type { Team } from "./model/team.ts";
import type { Resource } from "./resource/resource.ts";

/**
 * Where resources land. `foundation`: cluster-wide, applied by kustomize before and outside Argo CD. `application`: namespaced, delivered by Argo CD.
 * `argocd`: what delivers the application layer, Argo CD's objects or Flux's.
 */
export type Layer = "foundation" | "application" | "argocd";

/** A file that people use and no cluster reads, rendered beside the resources: a runbook, the input of a tool that a person runs. */
export interface Document {
  /** Path below the output folder, ending in `.md` or `.yaml`: `runbooks/NodeNotReady.md`. */
  readonly path: string;
  /** Markdown, or YAML for a path that ends so. */
  readonly text: string;
}

/**
 * A named group of resources. Each function is pure: the same model gives the same resources. Whether something is equal everywhere (`shared`) or
 * belongs to an environment, a team or a service is the component's own choice, never a comparison of results.
 *
 * `plan` stamps every resource with the labels of its place, so that a component says nothing about owner, tier, environment or source.
 */
export type Component = FoundationComponent | ApplicationComponent | ArgoCdComponent;

interface ComponentBase {
  /** A DNS label: the folder under `foundation/`, and the value of the label `plinth.dev/component`. */
  readonly name: string;
  /** Files for people. */
  documents?(platform: Platform): readonly Document[];
  /** What is wrong with the platform from this component's point of view. Only here the day counts: what is rendered never depends on it. */
  check?(platform: Platform, moment: Moment): readonly Finding[];
}

/** When a platform is looked at. */
export interface Moment {
  /** The day, as `2026-12-31`; without it nothing is past its end. */
  readonly today?: string;
}

export interface FoundationComponent extends ComponentBase {
  readonly layer: "foundation";
  /** Equal in every environment: lands in `foundation/base`. */
  shared?(platform: Platform): readonly Resource[];
  /** Differs by environment: lands in `foundation/overlays/<environment>`. */
  perEnvironment?(platform: Platform, environment: Environment): readonly Resource[];
  /** Belongs to a team: lands in the overlay, too. */
  perTeam?(platform: Platform, environment: Environment, team: Team): readonly Resource[];
  /** Belongs to a service: lands in the overlay, too. Called for services that run in the environment. */
  perService?(platform: Platform, environment: Environment, service: Service): readonly Resource[];
}

export interface ApplicationComponent extends ComponentBase {
  readonly layer: "application";
  /** Lands in `application/<environment>/<team>/_team`. */
  perTeam?(platform: Platform, environment: Environment, team: Team): readonly Resource[];
  /** Lands in `application/<environment>/<team>/<service>`. Called for services that run in the environment. */
  perService?(platform: Platform, environment: Environment, service: Service): readonly Resource[];
}

export interface ArgoCdComponent extends ComponentBase {
  readonly layer: "argocd";
  /** Lands in `argocd/<environment>`, for Flux in `flux/<environment>`. `folders` are those of the application layer that hold something in this environment. */
  perEnvironment?(
    platform: Platform,
    environment: Environment,
    folders: readonly ApplicationFolder[],
  ): readonly Resource[];
}

/** A folder of the application layer: what one Application of Argo CD delivers, or one Kustomization of Flux. */
export interface ApplicationFolder {
  /** Path below the output folder: `application/production/backend/checkout`. */
  readonly path: string;
  readonly team: Team;
  /** Left out for the folder of what the team itself owns. */
  readonly service?: Service;
  /** The kinds in it, sorted. */
  readonly kinds: readonly { readonly group: string; readonly kind: string }[];
}
