import { type Environment, type Language, type OtlpProtocol, type Platform, servicesIn } from "@plinth/core";
import { collectorPlaces, formerPorts, serviceHost } from "../topology/places.ts";
import type { Sender } from "./signal-chart.ts";

/** Names of languages as people write them. */
const languageNames: Readonly<Record<Language, string>> = {
  go: "Go",
  java: "Java",
  kotlin: "Kotlin",
  nodejs: "Node.js",
  python: "Python",
  dotnet: ".NET",
  ruby: "Ruby",
  rust: "Rust",
  cpp: "C++",
  php: "PHP",
  elixir: "Elixir",
  envoy: "Envoy",
  nginx: "nginx",
};

/** Services that send OTLP, by language and protocol, and what is still to be moved, by protocol. */
export function sendersIn(platform: Platform, environment: Environment): readonly Sender[] {
  const { agent } = collectorPlaces(platform);
  const host = serviceHost(agent);
  const sending = servicesIn(platform, environment).filter(({ instrumentation }) => instrumentation.mode !== "none");
  const groups = Map.groupBy(sending, ({ language, instrumentation }) => `${language} ${instrumentation.protocol}`);
  const ports: Readonly<Record<OtlpProtocol, { readonly protocol: string; readonly port: number }>> = {
    grpc: { protocol: "OTLP/gRPC", port: agent.ports.otlpGrpc },
    "http/protobuf": { protocol: "OTLP/HTTP", port: agent.ports.otlpHttp },
  };
  return [
    ...[...groups.values()].flatMap((services): Sender[] => {
      const [first] = services;
      if (first === undefined) return [];
      const names = services.map(({ name }) => String(name));
      return [
        {
          lines: [languageNames[first.language], names.join(", ")],
          host,
          ...ports[first.instrumentation.protocol],
        },
      ];
    }),
    ...[...formerPorts(platform, environment)].map(
      ([name, port]): Sender => ({
        lines: ["still to be moved"],
        host,
        port,
        protocol: name,
      }),
    ),
  ];
}
