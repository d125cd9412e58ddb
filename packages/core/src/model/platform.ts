import { z } from "zod";
import type { SourceLocation } from "../finding.ts";
import type { DnsLabel } from "../names/names.ts";
import { type AcceptedRisk, type AcceptedRiskInput, acceptedRiskSchema } from "./accepted-risk.ts";
import { type AlertOverride, type AlertOverrideInput, alertOverrideSchema } from "./alert-override.ts";
import { type Api, type ApiInput, apiSchema } from "./api.ts";
import { type BreakGlass, type BreakGlassInput, breakGlassSchema } from "./break-glass.ts";
import { type PlatformDashboards, type PlatformDashboardsInput, platformDashboardsSchema } from "./dashboards.ts";
import { type DataStore, type DataStoreInput, dataStoreSchema } from "./data-store.ts";
import { type Environment, type EnvironmentInput, environmentSchema } from "./environment.ts";
import { dnsLabelField, dnsSubdomainField, httpsUrlField, lineField } from "./field.ts";
import { type PlatformComponent, type PlatformComponentInput, platformComponentSchema } from "./platform-component.ts";
import { type PolicyException, type PolicyExceptionInput, policyExceptionSchema } from "./policy-exception.ts";
import { type PolicyRollout, type PolicyRolloutInput, policyRolloutSchema } from "./policy-rollout.ts";
import { type Service, type ServiceInput, serviceSchema } from "./service.ts";
import { type Team, type TeamInput, teamSchema } from "./team.ts";

/** The validated, frozen model that everything is made from. Lists are sorted by name. */
export interface Platform {
  readonly name: DnsLabel;
  /** The domain that public services and dashboards live under. */
  readonly domain: string;
  /** The Git repository that is delivered. */
  readonly repository: Repository;
  /** What reads it, and by which objects. */
  readonly delivery: PlatformDelivery;
  /** How dashboards reach Grafana. */
  readonly dashboards: PlatformDashboards;
  /** Groups of the identity provider that work on the platform itself. */
  readonly groups: PlatformGroups;
  readonly environments: readonly Environment[];
  readonly teams: readonly Team[];
  readonly services: readonly Service[];
  readonly dataStores: readonly DataStore[];
  readonly apis: readonly Api[];
  readonly components: readonly PlatformComponent[];
  /** Permissions beyond the daily ones, each until a day. */
  readonly breakGlass: readonly BreakGlass[];
  /** Risks of permissions that somebody has decided to carry. */
  readonly acceptedRisks: readonly AcceptedRisk[];
  /** What policies do somewhere, instead of what the environment says of admission. */
  readonly policyRollouts: readonly PolicyRollout[];
  /** What policies let pass, each until a day. */
  readonly policyExceptions: readonly PolicyException[];
  /** What alerts do otherwise somewhere. */
  readonly alertOverrides: readonly AlertOverride[];
  readonly source?: SourceLocation;
}

export interface Repository {
  readonly url: string;
  /** The branch that is delivered. */
  readonly branch: string;
  /** The folder that holds the rendered tree. */
  readonly path: string;
}

/** What delivers the rendered tree. */
export interface PlatformDelivery {
  readonly by: DeliveryBy;
}

/**
 * `applications`: Argo CD, one rendered Application for each folder. `application-sets`: Argo CD, one ApplicationSet for each team, which finds the team's
 * folders. `flux`: Flux, one Kustomization for each folder.
 */
export type DeliveryBy = "applications" | "application-sets" | "flux";

export interface PlatformGroups {
  readonly admins: string;
  readonly operators: string;
  readonly viewers: string;
}

export interface PlatformInput {
  /** A DNS label: `astronomy-shop`. */
  name: string;
  /** The domain that public services and dashboards live under: `shop.example.com`. */
  domain: string;
  /** The Git repository that Argo CD reads. */
  repository: {
    url: string;
    /** The branch that is delivered. @default "main" */
    branch?: string;
    /** The folder that holds the rendered tree. @default "rendered" */
    path?: string;
  };
  /** What delivers the rendered tree, and by which objects. @default { by: "applications" } */
  delivery?: { by?: DeliveryBy };
  /** How dashboards reach Grafana: for its sidecar, or for its operator. @default { delivery: "config-map" } */
  dashboards?: PlatformDashboardsInput;
  /** Groups of the identity provider. @default `platform-admins`, `platform-operators`, `platform-viewers` */
  groups?: { admins?: string; operators?: string; viewers?: string };
  environments: readonly EnvironmentInput[];
  teams: readonly TeamInput[];
  services: readonly ServiceInput[];
  /** @default none */
  dataStores?: readonly DataStoreInput[];
  /** @default none */
  apis?: readonly ApiInput[];
  /** What the platform itself runs. @default none */
  components?: readonly PlatformComponentInput[];
  /** Permissions beyond the daily ones, each until a day. @default none */
  breakGlass?: readonly BreakGlassInput[];
  /** Risks of permissions that somebody has decided to carry. @default none */
  acceptedRisks?: readonly AcceptedRiskInput[];
  /** What policies do somewhere, instead of what the environment says of admission. @default nothing else */
  policyRollouts?: readonly PolicyRolloutInput[];
  /** What policies let pass, each until a day. @default nothing */
  policyExceptions?: readonly PolicyExceptionInput[];
  /** What alerts do otherwise somewhere. @default nothing */
  alertOverrides?: readonly AlertOverrideInput[];
}

const headShape = {
  name: dnsLabelField,
  domain: dnsSubdomainField,
  repository: z
    .strictObject({ url: httpsUrlField, branch: lineField.default("main"), path: lineField.default("rendered") })
    .meta({
      expected: "the Git repository that Argo CD reads",
      example: '{ url: "https://git.example.com/shop/platform" }',
    }),
  delivery: z
    .strictObject({ by: z.enum(["applications", "application-sets", "flux"]).default("applications") })
    .meta({ expected: "what delivers the rendered tree", example: '{ by: "application-sets" }' })
    .prefault({}),
  dashboards: platformDashboardsSchema,
  groups: z
    .strictObject({
      admins: lineField.default("platform-admins"),
      operators: lineField.default("platform-operators"),
      viewers: lineField.default("platform-viewers"),
    })
    .prefault({}),
};

/** The fields of a platform that are not lists of things with a name. */
export const platformHeadSchema: z.ZodType<
  Pick<Platform, "name" | "domain" | "repository" | "delivery" | "dashboards" | "groups">,
  Pick<PlatformInput, "name" | "domain" | "repository" | "delivery" | "dashboards" | "groups">
> = z.strictObject(headShape);

/** Each list of a platform with the schema of its entries. */
export const platformLists: {
  environments: z.ZodType<Environment, EnvironmentInput>;
  teams: z.ZodType<Team, TeamInput>;
  services: z.ZodType<Service, ServiceInput>;
  dataStores: z.ZodType<DataStore, DataStoreInput>;
  apis: z.ZodType<Api, ApiInput>;
  components: z.ZodType<PlatformComponent, PlatformComponentInput>;
  breakGlass: z.ZodType<BreakGlass, BreakGlassInput>;
  acceptedRisks: z.ZodType<AcceptedRisk, AcceptedRiskInput>;
  policyRollouts: z.ZodType<PolicyRollout, PolicyRolloutInput>;
  policyExceptions: z.ZodType<PolicyException, PolicyExceptionInput>;
  alertOverrides: z.ZodType<AlertOverride, AlertOverrideInput>;
} = {
  environments: environmentSchema,
  teams: teamSchema,
  services: serviceSchema,
  dataStores: dataStoreSchema,
  apis: apiSchema,
  components: platformComponentSchema,
  breakGlass: breakGlassSchema,
  acceptedRisks: acceptedRiskSchema,
  policyRollouts: policyRolloutSchema,
  policyExceptions: policyExceptionSchema,
  alertOverrides: alertOverrideSchema,
};

/** A whole platform as one schema. `buildPlatform` checks entry by entry instead, so that one mistake hides none. */
export const platformSchema: z.ZodType = z.strictObject({
  ...headShape,
  environments: z.array(environmentSchema).min(1),
  teams: z.array(teamSchema),
  services: z.array(serviceSchema),
  dataStores: z.array(dataStoreSchema).optional(),
  apis: z.array(apiSchema).optional(),
  components: z.array(platformComponentSchema).optional(),
  breakGlass: z.array(breakGlassSchema).optional(),
  acceptedRisks: z.array(acceptedRiskSchema).optional(),
  policyRollouts: z.array(policyRolloutSchema).optional(),
  policyExceptions: z.array(policyExceptionSchema).optional(),
  alertOverrides: z.array(alertOverrideSchema).optional(),
});
