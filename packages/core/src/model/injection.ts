import { componentsWithRole } from "./dependencies.ts";
import type { InstrumentationMode, OtlpProtocol } from "./instrumentation.ts";
import type { Language } from "./language.ts";
import type { Platform } from "./platform.ts";
import type { Service } from "./service.ts";

/** An agent that the OpenTelemetry operator puts into pods, or `sdk`: environment variables alone. */
export type InjectedAgent = "java" | "nodejs" | "python" | "dotnet" | "go" | "sdk";

/**
 * The agent of each language that the operator has one for. Apache and nginx are left out: the operator replaces their configuration and drops what is
 * mounted there.
 *
 * @see https://github.com/open-telemetry/opentelemetry-operator/blob/main/docs/auto-instrumentation/README.md
 */
const agents: Readonly<Partial<Record<Language, InjectedAgent>>> = {
  java: "java",
  kotlin: "java",
  nodejs: "nodejs",
  python: "python",
  dotnet: "dotnet",
  go: "go",
};

/** The agent that the operator has for a language; `undefined` when it has none. */
export function agentOf(language: Language): InjectedAgent | undefined {
  return agents[language];
}

/** What is injected into the pods of a service: the agent of its language, or for a program with an SDK its variables; `undefined` when nothing can be. */
export function injectionOf({ language, instrumentation }: Service): Injection | undefined {
  const { mode, protocol } = instrumentation;
  const agent = injected[mode] === "agent" ? agentOf(language) : injected[mode];
  if (agent === undefined || agent === "nothing") return undefined;
  return { agent, protocol, name: agent === "sdk" ? `sdk-${protocol === "grpc" ? "grpc" : "http"}` : agent };
}

const injected: Readonly<Record<InstrumentationMode, "agent" | "sdk" | "nothing">> = {
  automatic: "agent",
  manual: "sdk",
  none: "nothing",
};

/** What the operator injects. */
export interface Injection {
  readonly agent: InjectedAgent;
  readonly protocol: OtlpProtocol;
  /** Name of the Instrumentation that says how: one for each agent, and for each protocol of an SDK. */
  readonly name: string;
}

/** The namespace of the Instrumentations: that of the agents that they send to. */
export function instrumentationNamespace(platform: Platform): string {
  return componentsWithRole(platform, "telemetry-agent")[0]?.namespace ?? "opentelemetry";
}

/**
 * The annotations with which pods of a service are instrumented, and say which service they are. Empty for a service that sends nothing, and for one whose
 * language has no agent.
 *
 * @see https://github.com/open-telemetry/opentelemetry-operator/blob/main/internal/instrumentation/annotation.go
 * @example
 * import { examplePlatform } from "@plinth/core/testing";
 * const platform = examplePlatform();
 * podAnnotationsOf(platform, serviceNamed(platform, "frontend"));
 * // "instrumentation.opentelemetry.io/inject-nodejs": "opentelemetry/nodejs", and its name and tier
 */
export function podAnnotationsOf(platform: Platform, service: Service): Readonly<Record<string, string>> {
  const injection = injectionOf(service);
  if (injection === undefined) return {};
  const { containers, executable, libc } = service.instrumentation;
  const { agent, name } = injection;
  const libcAnnotation = libc === "musl" ? muslAnnotations[agent] : undefined;
  const settings = {
    [`inject-${agent}`]: `${instrumentationNamespace(platform)}/${name}`,
    ...(containers.length === 0 ? {} : { [`${agent}-container-names`]: containers.join(",") }),
    ...(libcAnnotation === undefined ? {} : { [libcAnnotation.key]: libcAnnotation.value }),
    ...(agent === "go" && executable !== undefined ? { "otel-go-auto-target-exe": executable } : {}),
  };
  const attributes = {
    // https://opentelemetry.io/docs/specs/semconv/registry/attributes/service/
    "service.criticality": service.tier,
    "service.name": service.name,
  };
  return {
    ...prefixed("instrumentation.opentelemetry.io/", settings),
    ...prefixed("resource.opentelemetry.io/", attributes),
  };
}

// The agents with native parts; the others are the same for each C library.
const muslAnnotations: Readonly<Partial<Record<InjectedAgent, { readonly key: string; readonly value: string }>>> = {
  dotnet: { key: "otel-dotnet-auto-runtime", value: "linux-musl-x64" },
  python: { key: "otel-python-platform", value: "musl" },
};

function prefixed(prefix: string, values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [`${prefix}${key}`, value]));
}
