import { z } from "zod";
import { isDnsSubdomain } from "../names/names.ts";
import { textField } from "./field.ts";

/** What a service asks of the Kubernetes API server, in its own namespace. Everything else is refused. */
export interface KubernetesApiUse {
  /** Objects that it reads. */
  readonly reads: readonly ReadableObjects[];
  /** Its replicas choose one of them by a Lease of the service's name. */
  readonly leaderElection: boolean;
}

/** Objects of a kind: one by its name, or all. */
export interface ReadableObjects {
  readonly kind: ReadableKind;
  /** All of the namespace when left out; a Secret is always named. */
  readonly name?: string;
}

/** What a service may ask to read, by the plural that the API calls it. */
export type ReadableKind = "configmaps" | "endpointslices" | "pods" | "secrets" | "services";

const readableKinds = [
  "configmaps",
  "endpointslices",
  "pods",
  "secrets",
  "services",
] as const satisfies readonly ReadableKind[];

export interface KubernetesApiUseInput {
  /** `"configmaps/feature-flags"` for one object, `"endpointslices"` for all of the namespace. Secrets are named. @default none */
  reads?: string[];
  /** Its replicas choose one of them by a Lease of the service's name. @default false */
  leaderElection?: boolean;
}

function readProblem(value: string): string | undefined {
  const [kind, name, ...more] = value.split("/");
  if (!readableKinds.some((known) => known === kind))
    return `${JSON.stringify(kind)} is nothing that a service may read`;
  if (more.length > 0 || (name !== undefined && !isDnsSubdomain(name)))
    return `${JSON.stringify(value)} names no object`;
  return kind === "secrets" && name === undefined
    ? "every Secret of the namespace is more than a service needs"
    : undefined;
}

const readSchema = textField(readProblem, {
  expected: `${readableKinds.join(", ")}, and the name of one object behind a slash; a Secret always by its name`,
  example: '"configmaps/feature-flags"',
}).transform((value): ReadableObjects => {
  const [written, name] = value.split("/");
  const kind = readableKinds.find((known) => known === written) ?? "configmaps";
  return name === undefined ? { kind } : { kind, name };
});

export const kubernetesApiUseSchema: z.ZodType<KubernetesApiUse, KubernetesApiUseInput> = z
  .strictObject({ reads: z.array(readSchema).default([]), leaderElection: z.boolean().default(false) })
  .meta({
    expected: "what the service asks of the API server",
    example: '{ reads: ["configmaps/feature-flags"], leaderElection: true }',
  });
