import type { InjectedAgent } from "@plinth/core";

/** An agent that comes in an image of its own. */
export type AgentWithImage = Exclude<InjectedAgent, "sdk">;

const operatorImages = "ghcr.io/open-telemetry/opentelemetry-operator";

/**
 * The images that the operator 0.158 has as its defaults, in full: said in the Instrumentation they stay what they are when the operator is upgraded.
 *
 * @see https://github.com/open-telemetry/opentelemetry-operator/blob/v0.158.0/versions.txt
 */
export const agentImages: Readonly<Record<AgentWithImage, string>> = {
  java: `${operatorImages}/autoinstrumentation-java:2.30.0`,
  nodejs: `${operatorImages}/autoinstrumentation-nodejs:0.78.0`,
  python: `${operatorImages}/autoinstrumentation-python:0.64b0`,
  dotnet: `${operatorImages}/autoinstrumentation-dotnet:1.16.0`,
  go: "ghcr.io/open-telemetry/opentelemetry-go-instrumentation/autoinstrumentation-go:v0.24.0",
};
