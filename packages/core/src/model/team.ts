import { z } from "zod";
import type { SourceLocation } from "../finding.ts";
import type { DnsLabel } from "../names/names.ts";
import { dnsLabelField, httpsUrlField, lineField } from "./field.ts";
import { type Contact, contactSchema, type OnCall, type OnCallInput, onCallSchema } from "./paging.ts";
import { type Quota, type QuotaInput, quotaSchema } from "./quota.ts";
import { type Tenancy, type TenancyInput, tenancySchema } from "./tenancy.ts";

/** Owner of a namespace and of services. */
export interface Team {
  readonly name: DnsLabel;
  /** `team-<name>` unless said otherwise. */
  readonly namespace: DnsLabel;
  /** Groups of the identity provider. */
  readonly groups: { readonly admins: string; readonly developers: string; readonly viewers: string };
  readonly contact: Contact;
  /** Who is called when something critical happens; whoever is on call for the platform when left out. */
  readonly onCall?: OnCall;
  /** Limits of the team's namespace, by environment. */
  readonly quotas: ReadonlyMap<string, Quota>;
  /** Git repositories of the team's own that it delivers from. */
  readonly repositories: readonly string[];
  readonly tenancy: Tenancy;
  readonly source?: SourceLocation;
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
  /** Who is called when something critical happens. @default whoever is on call for the platform */
  onCall?: OnCallInput;
  /** Limits of the team's namespace, for each environment by its name. */
  quotas: Record<string, QuotaInput>;
  /** Git repositories of the team's own that it delivers from. @default none: only what the platform renders */
  repositories?: string[];
  /** What the team's namespace may use, who else works in it, whether it is closed. @default everything, nobody, open */
  tenancy?: TenancyInput;
}

export const teamSchema: z.ZodType<Team, TeamInput> = z
  .strictObject({
    name: dnsLabelField,
    namespace: dnsLabelField.optional(),
    groups: z
      .strictObject({ admins: lineField.optional(), developers: lineField.optional(), viewers: lineField.optional() })
      .default({}),
    contact: contactSchema,
    onCall: onCallSchema.exactOptional(),
    quotas: z
      .record(z.string(), quotaSchema)
      .meta({ expected: "a quota for each environment", example: "{ development: { … }, production: { … } }" }),
    repositories: z.array(httpsUrlField).default([]),
    tenancy: tenancySchema.prefault({}),
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
      ...(team.onCall === undefined ? {} : { onCall: team.onCall }),
      quotas: new Map(Object.entries(team.quotas)),
      repositories: team.repositories,
      tenancy: team.tenancy,
    };
  });
