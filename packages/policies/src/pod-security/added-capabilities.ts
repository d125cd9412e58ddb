import { type CelExpression, cel } from "../admission/cel.ts";

/** A clause for each container that adds capabilities other than these. */
export function addedCapabilities(allowed: readonly string[]): CelExpression {
  return cel`variables.containers
    .map(c, {
      'name': dyn(c.name),
      'added': dyn(c.?securityContext.?capabilities.?add.orValue([]).filter(a, !(a in ${allowed})))
    })
    .filter(c, c.added.size() > 0)
    .map(c, 'container ' + c.name + ' adds ' + c.added.join(' and ') + ' in securityContext.capabilities.add')`;
}
