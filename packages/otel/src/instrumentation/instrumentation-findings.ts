import {
  agentOf,
  componentsWithRole,
  type Finding,
  languages,
  type Platform,
  runsIn,
  type Service,
} from "@plinth/core";

/** Instrumentation that cannot be done as the model says it. */
export function instrumentationFindings(platform: Platform): readonly Finding[] {
  return [
    ...platform.services.flatMap((service) => [
      ...agentFindings(service),
      ...protocolFindings(service),
      ...goFindings(platform, service),
      ...executableFindings(service),
    ]),
    ...injectorFindings(platform),
  ];
}

function about({ name, source }: Service, field = ""): Pick<Finding, "path" | "source"> {
  return { ...(source === undefined ? {} : { source }), path: `services[${name}].instrumentation${field}` };
}

function agentFindings(service: Service): Finding[] {
  const { instrumentation, language } = service;
  if (instrumentation.mode !== "automatic" || agentOf(language) !== undefined) return [];
  const known = languages.filter((each) => agentOf(each) !== undefined);
  return [
    {
      code: "conflicting-fields",
      severity: "error",
      ...about(service),
      message: `the operator has no agent for ${language}`,
      expected: `"manual", or one of the languages ${known.join(", ")}`,
      example: 'instrumentation: "manual"',
      hint: `the program's own SDK reads the variables of the ConfigMap ${service.name}-telemetry`,
    },
  ];
}

function protocolFindings(service: Service): Finding[] {
  const { mode, protocol } = service.instrumentation;
  if (mode !== "automatic" || protocol !== "grpc") return [];
  return [
    {
      code: "conflicting-fields",
      severity: "error",
      ...about(service, ".protocol"),
      message: "agents send OTLP over HTTP: all services of a language share what their agent is told",
      expected: '"http/protobuf", or an SDK of the program\'s own',
      example: 'instrumentation: { mode: "manual", protocol: "grpc" }',
    },
  ];
}

/** The agent for Go looks into the process from a container of its own, which is privileged: no level of Pod Security but the lowest admits its pod. */
function goFindings(platform: Platform, service: Service): Finding[] {
  const { mode, executable } = service.instrumentation;
  if (mode !== "automatic" || service.language !== "go") return [];
  const refusing = platform.environments.filter(
    (environment) => runsIn(service, environment) && environment.admission.podSecurity.enforce !== "privileged",
  );
  return [
    ...(refusing.length === 0
      ? []
      : [
          {
            code: "conflicting-fields" as const,
            severity: "error" as const,
            ...about(service),
            message: `the agent for Go is a privileged container, and Pod Security refuses its pods in ${refusing.map(({ name, admission }) => `${name} (${admission.podSecurity.enforce})`).join(", ")}`,
            expected: '"manual": the program\'s own SDK, with the variables of its ConfigMap',
            example: 'instrumentation: "manual"',
          },
        ]),
    ...(executable === undefined
      ? [
          {
            code: "invalid-field" as const,
            severity: "error" as const,
            ...about(service, ".executable"),
            message: "is missing: the agent for Go finds the process by the path of its program",
            expected: "the path of the program in its container",
            example: `instrumentation: { mode: "automatic", executable: "/app/${service.name}" }`,
          },
        ]
      : []),
  ];
}

function executableFindings(service: Service): Finding[] {
  const { mode, executable } = service.instrumentation;
  if (executable === undefined || (mode === "automatic" && service.language === "go")) return [];
  return [
    {
      code: "without-effect",
      severity: "warning",
      ...about(service, ".executable"),
      message: "only the agent for Go looks for the path of a program",
      expected: "no path",
    },
  ];
}

function injectorFindings(platform: Platform): Finding[] {
  if (componentsWithRole(platform, "admission").length > 0) return [];
  return platform.environments
    .filter(({ telemetry }) => telemetry.instrument === "every-service")
    .map(({ name, source }) => ({
      code: "without-effect",
      severity: "warning",
      ...(source === undefined ? {} : { source }),
      path: `environments[${name}].telemetry.instrument`,
      message: "the annotations are written by Kyverno, and no component has the role admission",
      expected: "a component with the role admission",
      example: '{ name: "kyverno", namespace: "kyverno", roles: ["admission"] }',
    }));
}
