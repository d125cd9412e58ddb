import {
  type AcceptedRisk,
  daysBetween,
  describeResource,
  type Finding,
  moreDays,
  nearestName,
  type Platform,
} from "@plinth/core";
import { containmentFindings, type RolePair } from "../analysis/containment-findings.ts";
import { inWords } from "../analysis/describe-rule.ts";
import { deliveryNamespace } from "../delivery/conventions.ts";
import type { RenderedAccess } from "./rbac-resources.ts";
import { groupHits, type HitsOfRole, riskMessage } from "./risk-findings.ts";
import { type RiskHit, riskHits } from "./risk-hits.ts";
import { risks } from "./risks.ts";
import { type StandardAcceptance, standardAcceptances } from "./standard-acceptances.ts";

/** Everything that is risky in an environment: what this package accepts itself, what the model has to, and what a break-glass entry answers for. */
export interface ReviewedAccess {
  readonly access: RenderedAccess;
  readonly standard: readonly { readonly hit: RiskHit; readonly acceptance: StandardAcceptance }[];
  readonly open: readonly RiskHit[];
}

// Each holds all of the one before.
const contained: readonly RolePair[] = [
  ["namespace-viewer", "namespace-developer"],
  ["namespace-developer", "namespace-admin"],
  ["namespace-admin", "namespace-rescuer"],
  ["namespace-viewer", "platform-viewer"],
  ["platform-viewer", "platform-operator"],
  ["platform-operator", "platform-admin"],
  ["namespace-admin", "platform-admin"],
  ["namespace-delivery", "platform-delivery"],
];

// Bound where a team delivers from a repository of its own.
const boundOnDemand: readonly string[] = ["namespace-delivery"];

/** Sorts out the risks of an environment. */
export function reviewAccess(access: RenderedAccess): ReviewedAccess {
  const standard: { hit: RiskHit; acceptance: StandardAcceptance }[] = [];
  const open: RiskHit[] = [];
  for (const hit of riskHits(access.resources, access.running)) {
    if (isBreakGlass(hit)) continue;
    const acceptance = standardAcceptances.find((candidate) => accepts(candidate, hit, access));
    if (acceptance === undefined) open.push(hit);
    else standard.push({ hit, acceptance });
  }
  return { access, standard, open };
}

/** A break-glass binding says why, who approved it and until when: an acceptance of its own. */
function isBreakGlass({ bound }: RiskHit): boolean {
  return (
    bound.length > 0 && bound.every(({ binding }) => binding.metadata.annotations?.["plinth.dev/until"] !== undefined)
  );
}

function accepts(
  { of, risks: accepted, role, where }: StandardAcceptance,
  hit: RiskHit,
  { componentOf, environment }: RenderedAccess,
): boolean {
  const { resource } = hit;
  if (resource === undefined || !accepted.includes(hit.risk.id) || where?.holds(environment) === false) return false;
  if (role !== undefined && role !== hit.role) return false;
  return of === undefined ? resource.kind === "ClusterRole" : componentOf.get(resource) === of;
}

/** What nobody has accepted, and acceptances that are not, or no longer, of use. */
export function reviewFindings(
  platform: Platform,
  reviewed: readonly ReviewedAccess[],
  today: string | undefined,
): Finding[] {
  const open = groupHits(reviewed.flatMap((review) => review.open));
  return [
    ...open
      .filter((hits) => !platform.acceptedRisks.some((acceptance) => isAbout(acceptance, hits[0])))
      .map((hits) => unaccepted(platform, hits, environmentsOf(reviewed, hits))),
    ...platform.acceptedRisks.flatMap((acceptance) => acceptanceFindings(acceptance, open, reviewed, today)),
    ...misfits(platform, reviewed),
  ];
}

function isAbout({ risk, role }: AcceptedRisk, hit: RiskHit): boolean {
  return hit.risk.id === risk && hit.role === role;
}

function environmentsOf(reviewed: readonly ReviewedAccess[], hits: HitsOfRole): string[] {
  const members = new Set<RiskHit>(hits);
  return reviewed.flatMap(({ access, open }) =>
    open.some((hit) => members.has(hit)) ? [access.environment.name] : [],
  );
}

function unaccepted({ source }: Platform, hits: HitsOfRole, environments: readonly string[]): Finding {
  const [{ risk, role }] = hits;
  return {
    code: "risky-permission",
    severity: "error",
    ...(source === undefined ? {} : { source }),
    path: "acceptedRisks",
    message: `in ${inWords(environments)}, ${riskMessage(hits)}`,
    expected: "a role without it, or a decision to carry the risk",
    example: exampleAcceptance(risk.id, role),
    hint: `${risk.severity}: ${risk.source}`,
  };
}

function exampleAcceptance(risk: string, role: string): string {
  const name = `${role}-${risk}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 63)
    .replace(/^-+|-+$/g, "");
  const fields = [
    ["name", name],
    ["risk", risk],
    ["role", role],
    ["because", "Why it has to be, and what keeps it small."],
    ["approvedBy", "security"],
  ];
  return `defineAcceptedRisk({ ${fields.map(([field, value]) => `${field}: ${JSON.stringify(value)}`).join(", ")} })`;
}

/** An acceptance is shown to be ending as many days before. */
const noticeDays = 14;

function acceptanceFindings(
  acceptance: AcceptedRisk,
  open: readonly HitsOfRole[],
  reviewed: readonly ReviewedAccess[],
  today: string | undefined,
): Finding[] {
  const { name, risk, role, source, until } = acceptance;
  const about = { ...(source === undefined ? {} : { source }), path: `acceptedRisks[${name}]` };
  const ids = risks.map(({ id }) => id);
  if (!ids.includes(risk)) {
    const nearest = nearestName(risk, ids);
    return [
      {
        code: "unknown-reference",
        severity: "error",
        ...about,
        path: `${about.path}.risk`,
        message: `there is no risk ${JSON.stringify(risk)}`,
        expected: `one of ${[...ids].sort().join(", ")}`,
        example: JSON.stringify(nearest ?? "create-workloads"),
        ...(nearest === undefined ? {} : { hint: `did you mean ${nearest}?` }),
      },
    ];
  }
  if (!open.some(([hit]) => isAbout(acceptance, hit))) {
    const known = reviewed.some(({ standard }) => standard.some(({ hit }) => isAbout(acceptance, hit)));
    return [
      {
        code: "without-effect",
        severity: "error",
        ...about,
        message: known
          ? `the role ${JSON.stringify(role)} carries ${risk} for a reason that comes with it`
          : `no role ${JSON.stringify(role)} carries ${risk} in any environment`,
        expected: "a risk that a finding names",
        hint: "remove the entry",
      },
    ];
  }
  if (until === undefined || today === undefined) return [];
  const left = daysBetween(today, until);
  if (left > noticeDays) return [];
  return [
    {
      code: "expired",
      severity: left < 0 ? "error" : "warning",
      ...about,
      path: `${about.path}.until`,
      message:
        left < 0
          ? `${risk} of ${role} was accepted until ${until}`
          : `${risk} of ${role} is accepted until ${until}: ${moreDays(left)}`,
      expected: "a role without the risk by then, or a later day that somebody approves",
    },
  ];
}

/** What does not fit, once for all environments in which it does not. */
function misfits(platform: Platform, reviewed: readonly ReviewedAccess[]): Finding[] {
  // Charts bring ServiceAccounts of their own along, Argo CD's wherever it runs.
  const shared = [deliveryNamespace(platform), ...platform.components.map(({ namespace }) => String(namespace))];
  const found = new Map<string, { finding: Finding; environments: string[] }>();
  for (const { access } of reviewed) {
    const component = new Map(
      access.resources.map((resource) => [describeResource(resource), access.componentOf.get(resource)]),
    );
    for (const finding of containmentFindings(access.resources, { contained, boundOnDemand, shared })) {
      const maker = component.get(finding.resource ?? "");
      const key = JSON.stringify(finding);
      const known = found.get(key);
      if (known === undefined)
        found.set(key, {
          finding: { ...finding, ...(maker === undefined ? {} : { component: maker }) },
          environments: [access.environment.name],
        });
      else known.environments.push(access.environment.name);
    }
  }
  return [...found.values()].map(({ environments, finding }) => ({
    ...finding,
    message: `in ${inWords(environments)}, ${finding.message}`,
  }));
}
