import { z } from "zod";

/** How much of the node a pod may take: https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
export type PodSecurityLevel = "privileged" | "baseline" | "restricted";

export const podSecurityLevelField: z.ZodType<PodSecurityLevel, PodSecurityLevel> = z.enum([
  "privileged",
  "baseline",
  "restricted",
]);
