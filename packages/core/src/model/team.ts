import { z } from "zod";
import type { SourceLocation } from "../finding.ts";
import type { DnsLabel } from "../names/names.ts";
import { dnsLabelField, lineField, quantityField, textField } from "./field.ts";

/** Owner of a namespace and of services. */
export interface Team {
  readonly name: DnsLabel;
  /** `team-<name>` unless said otherwise. */
  readonly namespace: DnsLabel;
  /** Groups of the identity provider. */
  readonly groups: { readonly admins: string; readonly developers: string; readonly viewers: string };
  readonly contact: Contact;
  /** Limits of the team's namespace, by environment. */
  readonly quotas: ReadonlyMap<string, Quota>;
  readonly source?: SourceLocation;
}

/** Where the team is reached. */
export interface Contact {
  /** Chat channel with its `#`. */
  readonly chat: string;
  readonly email: string;
}

/** Limits of a team's namespace in one environment: Kubernetes quantities and counts. */
export interface Quota {
  readonly cpu: string;
  readonly memory: string;
  /** Sum of the storage that claims may request. */
  readonly storage: string;
  readonly pods: number;
  readonly services: number;
  readonly loadBalancers: number;
  readonly persistentVolumeClaims: number;
}

export interface TeamInput {
  /** A DNS label: `backend`. */
  name: string;
  /** @default `team-<name>` */
  namespace?: string;
  /** Groups of the identity provider. @default `<name>-admins`, `<name>-developers`, `<name>-viewers` */
  groups?: { admins?: string; developers?: string; viewers?: string };
  contact: {
    /** Chat channel with its `#`. */
    chat: string;
    email: string;
  };
  /** Limits of the team's namespace, for each environment by its name. */
  quotas: Record<string, Quota>;
}

const chatField = textField(
  (value) => (/^#[a-z0-9][a-z0-9_-]{0,78}$/.test(value) ? undefined : `${JSON.stringify(value)} is not a channel`),
  {
    expected: "'#' and the channel's name",
    example: '"#team-backend"',
  },
);
const emailField = z.email().meta({ expected: "an e-mail address", example: '"backend@example.com"' });
const countField = z.int().min(0).meta({ expected: "a whole number, zero or more", example: "100" });

const quotaSchema: z.ZodType<Quota, Quota> = z
  .strictObject({
    cpu: quantityField,
    memory: quantityField,
    storage: quantityField,
    pods: countField,
    services: countField,
    loadBalancers: countField,
    persistentVolumeClaims: countField,
  })
  .meta({
    expected: "the limits of the team's namespace",
    example:
      '{ cpu: "20", memory: "40Gi", storage: "500Gi", pods: 100, services: 50, loadBalancers: 2, persistentVolumeClaims: 20 }',
  });

export const teamSchema: z.ZodType<Team, TeamInput> = z
  .strictObject({
    name: dnsLabelField,
    namespace: dnsLabelField.optional(),
    groups: z
      .strictObject({ admins: lineField.optional(), developers: lineField.optional(), viewers: lineField.optional() })
      .default({}),
    contact: z.strictObject({ chat: chatField, email: emailField }).meta({
      expected: "where the team is reached",
      example: '{ chat: "#team-backend", email: "backend@example.com" }',
    }),
    quotas: z
      .record(z.string(), quotaSchema)
      .meta({ expected: "a quota for each environment", example: "{ development: { … }, production: { … } }" }),
  })
  .transform((team, context): Team => {
    const namespace = team.namespace ?? `team-${team.name}`;
    const checked = dnsLabelField.safeParse(namespace);
    if (!checked.success) {
      const message = `the namespace ${JSON.stringify(namespace)} has ${namespace.length} characters`;
      context.issues.push({ code: "custom", message, input: team.name, path: ["name"] });
      return z.NEVER;
    }
    return {
      name: team.name,
      namespace: checked.data,
      groups: {
        admins: team.groups.admins ?? `${team.name}-admins`,
        developers: team.groups.developers ?? `${team.name}-developers`,
        viewers: team.groups.viewers ?? `${team.name}-viewers`,
      },
      contact: team.contact,
      quotas: new Map(Object.entries(team.quotas)),
    };
  });
