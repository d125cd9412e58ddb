import { type CelExpression, cel } from "../admission/cel.ts";

const allowed: readonly string[] = ["RuntimeDefault", "Localhost"];

/** A clause for the pod and each container that chooses a seccomp profile other than these. It reads the variable `securityContexts`. */
export const forbiddenSeccompProfiles: CelExpression = cel`variables.securityContexts
  .filter(s, has(s.sets.seccompProfile) && !(s.sets.seccompProfile.type in ${allowed}))
  .map(s, s.of + ' sets securityContext.seccompProfile.type to ' + s.sets.seccompProfile.type)`;
