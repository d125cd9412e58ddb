import { type CelExpression, cel } from "../admission/cel.ts";

/** True for what Argo CD does not deliver: what it delivers it would make again, and a Job would run again. */
export const notDelivered: CelExpression = cel`!object.metadata.?annotations.orValue({}).exists(key, key.startsWith('argocd.argoproj.io/'))
  && !object.metadata.?labels[?'argocd.argoproj.io/instance'].hasValue()`;

/** True for what no controller owns. */
export const ownedByNobody: CelExpression = cel`object.metadata.?ownerReferences.orValue([]).size() == 0`;
