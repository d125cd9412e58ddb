import { Instrumentation } from "@kubernetes-models/opentelemetry-operator/opentelemetry.io/v1alpha1/Instrumentation";
import {
  buildResource,
  type Environment,
  type Injection,
  instrumentationNamespace,
  type Platform,
  type Resource,
} from "@plinth/core";
import { type AgentWithImage, agentImages } from "./agent-images.ts";
import { type Propagator, propagatorsIn } from "./propagators.ts";
import { environmentResource, exporterEndpoint, exporterVariables, sampler } from "./sdk-settings.ts";

/** What may be said otherwise about instrumentation. */
export interface InstrumentationOptions {
  /** Propagators beside those of the environment. @default none */
  readonly propagators?: readonly Propagator[];
  /** Images of agents: a copy in a registry of one's own, with its digest. @default those of operator 0.158 */
  readonly images?: Readonly<Partial<Record<AgentWithImage, string>>>;
}

/**
 * The Instrumentation of an agent in an environment: what the operator puts into pods that are annotated with its name. Its namespace is that of the
 * collectors, for all teams: it names an image that runs in their pods, and whoever may change it changes all of them.
 *
 * @see https://github.com/open-telemetry/opentelemetry-operator/blob/main/docs/api/instrumentations.md
 */
export function instrumentationResource(
  platform: Platform,
  environment: Environment,
  { agent, protocol, name }: Injection,
  { propagators = [], images = {} }: InstrumentationOptions = {},
): Resource {
  return buildResource(Instrumentation, {
    metadata: { name, namespace: instrumentationNamespace(platform) },
    spec: {
      exporter: { endpoint: exporterEndpoint(platform, protocol) },
      propagators: [...propagatorsIn(environment, propagators)],
      sampler: { type: sampler },
      resource: { resourceAttributes: { ...environmentResource(environment) } },
      // service.version from the pod's label app.kubernetes.io/version.
      defaults: { useLabelsForResourceAttributes: true },
      env: Object.entries(exporterVariables(protocol)).map(([variable, value]) => ({ name: variable, value })),
      ...(agent === "sdk" ? {} : agentSpec(agent, images[agent] ?? agentImages[agent])),
    },
  });
}

type Spec = NonNullable<NonNullable<ConstructorParameters<typeof Instrumentation>[0]>["spec"]>;

/**
 * The part of one agent. Its container copies files and ends; the operator's own figures, with the memory requested that it may use. It gets the security
 * context of the container that it is for: where Pod Security admits that, it admits this.
 *
 * @see https://github.com/open-telemetry/opentelemetry-operator/blob/main/internal/instrumentation/sdk.go
 */
function agentSpec(agent: AgentWithImage, image: string): Partial<Spec> {
  const resources = { requests: { cpu: "50m", memory: "256Mi" }, limits: { cpu: "500m", memory: "256Mi" } };
  // Java's field has another name than that of the others.
  return agent === "java" ? { java: { image, resources } } : { [agent]: { image, resourceRequirements: resources } };
}
