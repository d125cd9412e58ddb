import { buildPromises, type Finding, nameFindings, type Resource, type Tier } from "@plinth/core";
import type { MetricCatalogue } from "@plinth/metrics";
import type { RequestPlace } from "../indicators/requests.ts";
import { meaningText } from "../meaning/meaning-text.ts";
import { type MeaningOptions, meaningOf, type ObjectiveMeaning } from "../meaning/objective-meaning.ts";
import { identityFindings } from "../objectives/identities.ts";
import { objectiveOf } from "../objectives/objective-of.ts";
import { promiseFindings } from "../objectives/promise-findings.ts";
import type { ServiceLevelObjective } from "../objectives/service-level-objective.ts";
import { levelResources } from "../resources/level-resources.ts";
import type { RuleMode } from "../rules/objective-rules.ts";
import type { ServiceDefinition } from "./define-service.ts";

/** What a service's own repository need not know, and may say. */
export interface StandaloneOptions extends MeaningOptions {
  /** Namespace of the resources. @default whatever they are applied to */
  readonly namespace?: string;
  /** The environment that is measured: its `deployment.environment.name`. @default all that this Prometheus sees */
  readonly environment?: string;
  /** Whose work is counted in span metrics: answers, or messages that are taken from a topic. @default "server" */
  readonly spans?: "server" | "consumer";
  /** Labels that the Prometheus object selects its rules by. @default none */
  readonly ruleLabels?: Readonly<Record<string, string>>;
  /** @default "plinth" */
  readonly mode?: RuleMode;
  /** Metrics that queries may use; one that is not among them is a warning. @default the platform's */
  readonly catalogue?: MetricCatalogue;
  /** The page of an alert. @default no link */
  readonly runbook?: (alert: string) => string;
  /** The service's dashboard. @default no link */
  readonly dashboard?: string;
}

/** What a service's promises become. */
export interface StandaloneLevels {
  readonly objectives: readonly ServiceLevelObjective[];
  /** Sloth's resource, and the rules. Empty where a finding is an error. */
  readonly resources: readonly Resource[];
  readonly findings: readonly Finding[];
  readonly meanings: readonly ObjectiveMeaning[];
  /** What it means, for people. */
  readonly text: string;
}

const defaultTier: Tier = "high";

/**
 * What the promises of a service become without a whole platform: resources, what is wrong, and what it means. Pure: nothing is read or written.
 *
 * @example
 * const levels = serviceLevelsOf(defineService({ name: "loyalty", team: "backend", promises: [availability(99.5)] }), { environment: "production" });
 * levels.resources.map(({ kind }) => kind); // ["PrometheusServiceLevel", "PrometheusRule"]
 */
export function serviceLevelsOf(definition: ServiceDefinition, options: StandaloneOptions = {}): StandaloneLevels {
  const { name, team, tier = defaultTier } = definition;
  const { mode = "plinth" } = options;
  const place = placeOf(name, options);
  const built = buildPromises(definition.promises, tier);
  const owner = {
    place,
    team,
    tier,
    ...(options.runbook === undefined ? {} : { runbook: options.runbook }),
    ...(options.dashboard === undefined ? {} : { dashboard: options.dashboard }),
  };
  const promised = built.promises.map((promise) => ({ promise, objective: objectiveOf(promise, owner) }));
  const objectives = promised.flatMap(({ objective }) => objective ?? []);
  const check = { place, mode, ...(options.catalogue === undefined ? {} : { catalogue: options.catalogue }) };
  const rendered = levelResources(objectives, {
    name,
    ...(options.namespace === undefined ? {} : { namespace: options.namespace }),
    ruleLabels: options.ruleLabels ?? {},
    mode,
  });
  const findings = [
    ...nameFindings({ name, team }),
    ...(definition.promises.length === 0 ? [promisesNothing] : []),
    ...built.findings,
    ...identityFindings(built.promises.map((promise) => ({ service: name, name: promise.name }))),
    ...promised.flatMap((each) => promiseFindings(each, check)),
    ...rendered.findings,
  ];
  const wrong = findings.some(({ severity }) => severity === "error");
  const meanings = objectives.map((objective) => meaningOf(objective, options));
  return {
    objectives,
    resources: wrong ? [] : rendered.resources,
    findings,
    meanings,
    text: meanings.map(meaningText).join("\n"),
  };
}

const promisesNothing: Finding = {
  code: "invalid-field",
  severity: "error",
  path: "promises",
  message: "is empty: the service promises nothing",
  expected: "at least one promise",
  example: "promises: [availability(99.5)]",
};

function placeOf(service: string, { namespace, environment, spans = "server" }: StandaloneOptions): RequestPlace {
  return {
    service,
    ...(namespace === undefined ? {} : { namespace }),
    ...(environment === undefined ? {} : { environment }),
    spanKind: spans === "server" ? "SPAN_KIND_SERVER" : "SPAN_KIND_CONSUMER",
  };
}
