import { type CelExpression, cel } from "../admission/cel.ts";

/** A clause for each container that sees /proc without the masks of the runtime. */
export const unmaskedProc: CelExpression = cel`variables.containers
  .filter(c, c.?securityContext.?procMount.orValue('Default') != 'Default')
  .map(c, 'container ' + c.name + ' sets securityContext.procMount to ' + c.securityContext.procMount)`;
