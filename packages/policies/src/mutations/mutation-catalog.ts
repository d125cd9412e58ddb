import { defaultJobTtl } from "./default-job-ttl.ts";
import { defaultPriorityClass } from "./default-priority-class.ts";
import { defaultSecurityContext } from "./default-security-context.ts";
import { defaultTopologySpread } from "./default-topology-spread.ts";
import { injectInstrumentation } from "./inject-instrumentation.ts";
import type { Mutation } from "./mutation.ts";

/** Every default that is written into objects. */
export const mutationCatalog: readonly Mutation[] = [
  defaultJobTtl,
  defaultPriorityClass,
  defaultSecurityContext,
  defaultTopologySpread,
  injectInstrumentation,
];
