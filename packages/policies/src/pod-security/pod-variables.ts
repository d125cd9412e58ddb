import { type CelExpression, cel } from "../admission/cel.ts";

// The values of a map literal have to be of one type, hence dyn(): k8s.io/apiserver, pkg/cel/environment (HomogeneousAggregateLiterals).

/** What the pod and each of its containers set in their security contexts, with words for whose it is. */
export const securityContexts: CelExpression = cel`[{'of': dyn('the pod'), 'sets': object.spec.?securityContext.orValue({})}]
  + variables.containers.map(c, {'of': dyn('container ' + c.name), 'sets': c.?securityContext.orValue({})})`;

/** True when the pod runs on Windows, whose API refuses the Linux fields. */
export const isWindows: CelExpression = cel`has(object.spec.os) && object.spec.os.name == 'windows'`;

/** True when the users of the pod are none of the node's. */
export const inUserNamespace: CelExpression = cel`!object.spec.?hostUsers.orValue(true)`;
