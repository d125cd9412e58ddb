import {
  attachFindings,
  type Component,
  type Environment,
  type Finding,
  type Platform,
  promisesOf,
  type Resource,
  type Service,
  servicesIn,
  teamNamed,
} from "@plinth/core";
import { requestPlace } from "./indicators/requests.ts";
import { identityFindings } from "./objectives/identities.ts";
import { objectivesOf, promisedObjectives } from "./objectives/objectives-of.ts";
import { promiseFindings } from "./objectives/promise-findings.ts";
import { meaningPages } from "./pages/meaning-page.ts";
import { platformObjectives, platformServiceLevels } from "./platform/platform-objectives.ts";
import { type LevelPlace, levelResources } from "./resources/level-resources.ts";
import type { RuleMode } from "./rules/objective-rules.ts";
import { burnRunbooks } from "./runbooks/burn-runbooks.ts";

/** What rendering needs to know beyond the platform. */
export interface ServiceLevelOptions {
  /** Labels that the Prometheus object selects its rules by: `{ release: "kube-prometheus-stack" }`. @default none */
  readonly ruleLabels?: Readonly<Record<string, string>>;
  /** `sloth`: rules that Sloth would make, and no others. `plinth`: with what Sloth has no words for. @default "plinth" */
  readonly mode?: RuleMode;
  /** Whether the platform has objectives of its own: its API server, its ingress, its DNS, its delivery. @default true */
  readonly platformObjectives?: boolean;
}

/**
 * The components that make a platform's service level objectives: for each service, in its team's namespace, the objectives as Sloth's resource and as rules,
 * both named `<service>-slo`; the objectives of the platform itself beside Prometheus; a runbook for each kind of alert, and a page for each environment
 * that says what all of it means.
 *
 * @example
 * const components = serviceLevels({ ruleLabels: { release: "kube-prometheus-stack" } });
 */
export function serviceLevels(options: ServiceLevelOptions = {}): readonly Component[] {
  const { mode = "plinth", platformObjectives: ownObjectives = true } = options;
  const ofServices: Component = {
    name: "service-level-objectives",
    layer: "application",
    perService: (platform, environment, service) => serviceResources(platform, environment, service, options),
    documents: (platform) => [
      ...burnRunbooks(platform, { ownObjectives, mode }),
      ...meaningPages(platform, { ownObjectives }),
    ],
    check: (platform) => platformFindings(platform, mode, ownObjectives),
  };
  return ownObjectives ? [ofServices, platformServiceLevels(options)] : [ofServices];
}

/** Plinth's service level objectives, with their defaults. */
export const sloComponents: readonly Component[] = serviceLevels();

function serviceResources(
  platform: Platform,
  environment: Environment,
  service: Service,
  options: ServiceLevelOptions,
): readonly Resource[] {
  // What is wrong is said by `check`, once for all environments; a promise that is wrong would be refused here a second time.
  if (wrongPromises(platform, environment, service, options.mode ?? "plinth").some(isError)) return [];
  const place: LevelPlace = {
    name: service.name,
    namespace: teamNamed(platform, service.team).namespace,
    ruleLabels: options.ruleLabels ?? {},
    mode: options.mode ?? "plinth",
  };
  const { resources, findings } = levelResources(objectivesOf(platform, environment, service), place);
  const [first, ...rest] = resources;
  return first === undefined ? [] : [attachFindings(first, findings), ...rest];
}

function isError({ severity }: Finding): boolean {
  return severity === "error";
}

function wrongPromises(
  platform: Platform,
  environment: Environment,
  service: Service,
  mode: RuleMode,
): readonly Finding[] {
  const place = requestPlace(platform, environment, service);
  return promisedObjectives(platform, environment, service).flatMap((each) => promiseFindings(each, { place, mode }));
}

/** Each mistake once, however many environments have it. */
function platformFindings(platform: Platform, mode: RuleMode, ownObjectives: boolean): readonly Finding[] {
  const findings = platform.environments.flatMap((environment) => [
    ...servicesIn(platform, environment).flatMap((service) =>
      wrongPromises(platform, environment, service, mode).map((finding) => ({
        ...finding,
        ...(service.source === undefined ? {} : { source: service.source }),
      })),
    ),
    ...identityFindings([
      ...servicesIn(platform, environment).flatMap((service) =>
        promisesOf(service).map(({ name }) => ({ service: service.name, name })),
      ),
      ...(ownObjectives ? platformObjectives(platform, environment) : []),
    ]),
  ]);
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}
