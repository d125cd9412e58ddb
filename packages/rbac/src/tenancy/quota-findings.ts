import {
  type Environment,
  type Finding,
  type Needs,
  needsIn,
  type Platform,
  printQuantity,
  type Quota,
  type ResourceQuantity,
  type Service,
  servicesIn,
  type Team,
} from "@plinth/core";
import { amount } from "./amount.ts";

/**
 * Teams whose services need more than the quota of an environment gives, with the arithmetic: an error where the declared pods do not fit, a warning where
 * they do and a rolling update of all of them at once does not. Services that do not say what they need are not counted.
 *
 * @example
 * import type { Finding, Platform } from "@plinth/core";
 * declare const platform: Platform;
 * const findings: readonly Finding[] = quotaFindings(platform);
 */
export function quotaFindings(platform: Platform): readonly Finding[] {
  return platform.environments.flatMap((environment) =>
    platform.teams.flatMap((team) => {
      const quota = team.quotas.get(environment.name);
      return quota === undefined ? [] : findingsOf(platform, environment, team, quota);
    }),
  );
}

/** What is counted, as a person says it, and as the quota's field has it. */
const dimensions = [
  { name: "CPU", field: "cpu" },
  { name: "memory", field: "memory" },
  { name: "pods", field: "pods" },
  { name: "services", field: "services" },
] as const;

type Dimension = (typeof dimensions)[number]["field"];
type Amounts = Readonly<Record<Dimension, ResourceQuantity>>;

interface CountedService {
  readonly service: Service;
  readonly needs: Needs;
}

function findingsOf(platform: Platform, environment: Environment, team: Team, quota: Quota): readonly Finding[] {
  const own = servicesIn(platform, environment).filter((service) => service.team === team.name);
  const counted = own.flatMap((service): CountedService[] => {
    const needs = needsIn(service, environment);
    return needs === undefined ? [] : [{ service, needs }];
  });
  const steady = sumOf(counted, ({ needs }) => needs.replicas);
  const updating = sumOf(counted, ({ needs }) => needs.replicas + surgeOf(needs));
  const given: Amounts = {
    cpu: amount(quota.cpu),
    memory: amount(quota.memory),
    pods: count(quota.pods),
    services: count(quota.services),
  };
  const missing = missingOf(steady, given);
  const needed = missing.length > 0 ? steady : updating;
  const short = missing.length > 0 ? missing : missingOf(updating, given);
  if (short.length === 0) return [];
  const silent = own.filter((service) => !counted.some((entry) => entry.service === service));
  return [
    {
      code: "quota-too-small",
      severity: missing.length > 0 ? "error" : "warning",
      ...(team.source === undefined ? {} : { source: team.source }),
      path: `teams[${team.name}].quotas.${environment.name}`,
      message: `in ${environment.name} the services of ${team.name} need ${missing.length > 0 ? "" : "while all of them are updated "}${short.map(said(needed)).join(" and ")}; the quota gives ${short.map(said(given)).join(" and ")}, ${short.map((dimension) => `${saidAmount(dimension, less(needed, given, dimension))} too little`).join(" and ")}: ${counted.map((entry) => arithmetic(entry, missing.length === 0)).join(" + ")}`,
      expected: `at least what the services need${silent.length === 0 ? "" : `, and what these need that do not say it: ${silent.map(({ name }) => name).join(", ")}`}`,
      example: exampleOf(quota, updating),
      hint: "raise the quota, or lower `needs` of a service; one more pod for each four, and at least one, is needed for a rolling update",
    },
  ];
}

/** Pods beyond `replicas` during a rolling update: a quarter, rounded up, as Kubernetes' default `maxSurge: 25%` says. */
export function surgeOf({ replicas }: Pick<Needs, "replicas">): number {
  return Math.ceil(replicas / 4);
}

function sumOf(counted: readonly CountedService[], podsOf: (entry: CountedService) => number): Amounts {
  const total = (each: (entry: CountedService) => ResourceQuantity, format: ResourceQuantity["format"]) => ({
    nanos: counted.reduce((sum, entry) => sum + each(entry).nanos * BigInt(podsOf(entry)), 0n),
    format,
  });
  return {
    cpu: total(({ needs }) => amount(needs.cpu), "decimal"),
    memory: total(({ needs }) => amount(needs.memory), "binary"),
    pods: total(() => count(1), "decimal"),
    services: count(counted.filter(({ service }) => Object.keys(service.ports).length > 0).length),
  };
}

function count(number: number): ResourceQuantity {
  return { nanos: BigInt(number) * 1_000_000_000n, format: "decimal" };
}

function missingOf(needed: Amounts, given: Amounts): readonly (typeof dimensions)[number][] {
  return dimensions.filter(({ field }) => needed[field].nanos > given[field].nanos);
}

function less(needed: Amounts, given: Amounts, { field }: (typeof dimensions)[number]): ResourceQuantity {
  return { nanos: needed[field].nanos - given[field].nanos, format: needed[field].format };
}

function said(amounts: Amounts): (dimension: (typeof dimensions)[number]) => string {
  return (dimension) => saidAmount(dimension, amounts[dimension.field]);
}

function saidAmount({ name, field }: (typeof dimensions)[number], quantity: ResourceQuantity): string {
  return field === "memory" ? `${printQuantity(quantity)} of memory` : `${printQuantity(quantity)} ${name}`;
}

/** `checkout 6 × (200m CPU, 128Mi)`. */
function arithmetic({ service, needs }: CountedService, updating: boolean): string {
  const pods = updating ? `(${needs.replicas} + ${surgeOf(needs)})` : String(needs.replicas);
  return `${service.name} ${pods} × (${needs.cpu} CPU, ${needs.memory})`;
}

/** The quota with those numbers raised that are too small, to whole cores and Gi. */
function exampleOf(quota: Quota, needed: Amounts): string {
  const raised = (given: string, need: ResourceQuantity, unit: bigint, suffix: string): string =>
    amount(given).nanos >= need.nanos ? given : `${(need.nanos + unit - 1n) / unit}${suffix}`;
  const core = 1_000_000_000n;
  const whole = (given: number, need: ResourceQuantity): number => Math.max(given, Number(need.nanos / core));
  const cpu = raised(quota.cpu, needed.cpu, core, "");
  const memory = raised(quota.memory, needed.memory, core * 1024n ** 3n, "Gi");
  return `{ cpu: "${cpu}", memory: "${memory}", storage: "${quota.storage}", pods: ${whole(quota.pods, needed.pods)}, services: ${whole(quota.services, needed.services)}, loadBalancers: ${quota.loadBalancers}, persistentVolumeClaims: ${quota.persistentVolumeClaims} }`;
}
