import { z } from "zod";
import type { SourceLocation } from "../finding.ts";
import type { DnsSubdomain } from "../names/names.ts";
import { dateField, dnsLabelField, dnsSubdomainField, lineField } from "./field.ts";

/** Something that a policy finds fault with and lets pass all the same: for a reason, approved by somebody, until a day. */
export interface PolicyException {
  readonly name: DnsSubdomain;
  /** Name of the policy: `disallow-host-path`. */
  readonly policy: string;
  readonly for: ExceptionScope;
  /** Environments in which it holds; all when left out. */
  readonly environments?: readonly string[];
  /** Images, `*` at the end for any rest: it holds for pods that run no other. Any image when left out. */
  readonly images?: readonly string[];
  readonly because: string;
  readonly ticket: string;
  readonly approvedBy: string;
  /** A team, or a group of the platform: who makes it unnecessary. */
  readonly owner: string;
  /** The last day on which it holds. */
  readonly until: string;
  readonly source?: SourceLocation;
}

/** What an exception is for: what a service runs as, one object, or everything of a team. */
export interface ExceptionScope {
  readonly service?: string;
  readonly team?: string;
  readonly resource?: ExceptedResource;
}

/** An object, and the pods that it makes. */
export interface ExceptedResource {
  /** `Deployment`, `CronJob`, `Service`. */
  readonly kind: string;
  readonly name: string;
}

export interface PolicyExceptionInput {
  /** Lower-case letters, digits, `-` and `.`: `kafka-probes`. */
  name: string;
  /** Name of the policy: `disallow-host-path`. */
  policy: string;
  /**
   * What it is for: what a service runs as, one object of a team, one object that lives in no namespace, or, far too much for most reasons, everything of a
   * team. A controller stands for the pods that it makes, too.
   */
  for: { service?: string; team?: string; resource?: { kind: string; name: string } };
  /** @default all */
  environments?: readonly string[];
  /** Images, `*` at the end for any rest: it holds for pods that run no other. @default any */
  images?: readonly string[];
  /** One sentence: why the object cannot do what the policy asks, yet. */
  because: string;
  ticket: string;
  approvedBy: string;
  /** A team, or a group of the platform: who makes it unnecessary. */
  owner: string;
  /** The last day on which it holds: `2027-03-31`. */
  until: string;
}

const imageField = lineField.meta({
  expected: "the name of an image, with * at the end for any rest",
  example: '"registry.example.com/legacy/*"',
});

const scopeSchema: z.ZodType<ExceptionScope, PolicyExceptionInput["for"]> = z
  .strictObject({
    service: dnsLabelField.exactOptional(),
    team: dnsLabelField.exactOptional(),
    resource: z
      .strictObject({ kind: lineField, name: lineField })
      .meta({ expected: "one object", example: '{ kind: "Deployment", name: "legacy-api" }' })
      .optional(),
  })
  .check((context) => {
    const { service, team, resource } = context.value;
    const problem =
      service !== undefined && team !== undefined
        ? "names a service and a team; a service has its team"
        : service === undefined && team === undefined && resource === undefined
          ? "names nothing: it would hold for everything"
          : undefined;
    if (problem !== undefined) context.issues.push({ code: "custom", message: problem, input: context.value });
  })
  .meta({
    expected: "a service, or a team and one of its objects",
    example: '{ team: "data", resource: { kind: "StatefulSet", name: "kafka" } }',
  });

export const policyExceptionSchema: z.ZodType<PolicyException, PolicyExceptionInput> = z.strictObject({
  name: dnsSubdomainField,
  policy: lineField.meta({ expected: "the name of a policy", example: '"disallow-host-path"' }),
  for: scopeSchema,
  environments: z.array(dnsLabelField).min(1).exactOptional(),
  images: z.array(imageField).min(1).exactOptional(),
  because: lineField,
  ticket: lineField,
  approvedBy: lineField,
  owner: lineField,
  until: dateField,
});
