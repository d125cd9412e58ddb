import { amtool } from "./amtool.ts";
import { apiServer } from "./api-server.ts";
import { argocd } from "./argocd.ts";
import { controlPlane } from "./control-plane.ts";
import type { Judge } from "./judge.ts";
import { kubeconform } from "./kubeconform.ts";
import { kustomize } from "./kustomize.ts";
import { kyverno } from "./kyverno.ts";
import { network } from "./network.ts";
import { otelcol } from "./otelcol.ts";
import { pint } from "./pint.ts";
import { promtool } from "./promtool.ts";
import { sloth } from "./sloth.ts";
import { yaml } from "./yaml.ts";

/** Every judge, those first that take longest. */
export const judges: readonly Judge[] = [
  apiServer,
  controlPlane,
  kyverno,
  promtool,
  amtool,
  yaml,
  kubeconform,
  sloth,
  network,
  kustomize,
  pint,
  otelcol,
  argocd,
];
