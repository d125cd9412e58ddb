import { bindingRisks } from "./binding-risks.ts";
import { clusterRisks } from "./cluster-risks.ts";
import { deliveryRisks } from "./delivery-risks.ts";
import { pathRisks } from "./path-risks.ts";
import { permissionRisks } from "./permission-risks.ts";
import { podRisks } from "./pod-risks.ts";
import type { Risk } from "./risk.ts";
import { secretRisks } from "./secret-risks.ts";
import { wildcardRisks } from "./wildcard-risks.ts";

/**
 * Every risk that is looked for: those of Kubernetes' good practices, and what scanners of RBAC flag.
 *
 * @see https://kubernetes.io/docs/concepts/security/rbac-good-practices/
 */
export const risks: readonly Risk[] = [
  ...wildcardRisks,
  ...secretRisks,
  ...podRisks,
  ...permissionRisks,
  ...clusterRisks,
  ...deliveryRisks,
  ...bindingRisks,
  ...pathRisks,
];
