import { z } from "zod";
import { lineField } from "./field.ts";

/** Who may write by hand in an environment, and how people become members of groups. */
export interface Access {
  /** Who changes workloads by hand: the team's developers, or only delivery. */
  readonly writers: "developers" | "delivery";
  /** Whether developers may exec into pods and forward ports. */
  readonly exec: boolean;
  readonly authentication: Authentication;
}

/**
 * How the API server learns a person's groups. `oidc`: the identity provider says them. The others: an IAM role stands for a group, and EKS maps the one
 * to the other.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/grant-k8s-access.html
 */
export interface Authentication {
  readonly by: "oidc" | "access-entries" | "aws-auth";
  /** Names of IAM roles by group, with the path before them or without; a group that is not here has a role of its own name. */
  readonly roles: ReadonlyMap<string, string>;
  /** Names of the nodes' IAM roles: `aws-auth` has to keep them. */
  readonly nodeRoles: readonly string[];
}

export interface AccessInput {
  /** Who changes workloads by hand: the team's developers, or only delivery. */
  writers: Access["writers"];
  /** Whether developers may exec into pods and forward ports. @default false */
  exec?: boolean;
  /** How the API server learns a person's groups. @default { by: "oidc" } */
  authentication?: {
    by: Authentication["by"];
    /** Names of IAM roles by group. @default a role of the group's own name */
    roles?: Record<string, string>;
    /** Names of the nodes' IAM roles; `aws-auth` needs them. @default none */
    nodeRoles?: string[];
  };
}

const authenticationSchema = z
  .strictObject({
    by: z.enum(["oidc", "access-entries", "aws-auth"]),
    roles: z
      .record(z.string(), lineField)
      .default({})
      .transform((roles): ReadonlyMap<string, string> => new Map(Object.entries(roles))),
    nodeRoles: z.array(lineField).default([]),
  })
  .meta({ expected: "how the API server learns a person's groups", example: '{ by: "access-entries" }' });

export const accessSchema: z.ZodType<Access, AccessInput> = z
  .strictObject({
    writers: z.enum(["developers", "delivery"]),
    exec: z.boolean().default(false),
    authentication: authenticationSchema.prefault({ by: "oidc" }),
  })
  .meta({ expected: "who may write by hand", example: '{ writers: "developers" }' });
