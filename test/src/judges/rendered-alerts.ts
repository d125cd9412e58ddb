import { type AlertmanagerConfig, alertGroups, type LabelSet } from "@plinth/alerts";
import { type Environment, fieldAt, isRecord, listAt, type Platform, textMapAt } from "@plinth/core";
import { CORE_SCHEMA, load } from "js-yaml";
import { objectsOfEnvironment, type RenderedFile, type RenderedTree } from "./rendered-tree.ts";

/** The Alertmanager configuration of an environment, as it was rendered. */
export interface RenderedRouting {
  readonly file: RenderedFile;
  /** `alertmanager.yaml`. */
  readonly text: string;
  /** The message templates. */
  readonly templates: string;
}

/** The rendered routing of an environment, if there is one. */
export function renderedRouting(tree: RenderedTree, environment: Environment): RenderedRouting | undefined {
  for (const { file, resource } of objectsOfEnvironment(tree, environment.name)) {
    if (resource.kind !== "Secret") continue;
    const text = fieldAt(resource, "stringData", "alertmanager.yaml");
    const templates = fieldAt(resource, "stringData", "plinth.tmpl");
    if (typeof text === "string" && typeof templates === "string") return { file, text, templates };
  }
  return undefined;
}

/** A configuration as it was rendered: what the evaluator is asked about is what amtool and Alertmanager read. */
export function readRouting(text: string): AlertmanagerConfig {
  const value = load(text, { schema: CORE_SCHEMA });
  if (!isConfig(value)) throw new Error("The rendered alertmanager.yaml has no route and no receivers.");
  return value;
}

function isConfig(value: unknown): value is AlertmanagerConfig {
  return isRecord(value) && isRecord(value["route"]) && Array.isArray(value["receivers"]);
}

/** An alert as it may arrive at Alertmanager. */
export interface ArrivingAlert {
  readonly labels: LabelSet;
  readonly annotations: LabelSet;
}

/** Each rendered alert, with the labels of its rule; one that a namespace owns once for each namespace. */
export function alertsOfEnvironment(
  tree: RenderedTree,
  platform: Platform,
  environment: Environment,
): readonly ArrivingAlert[] {
  const given = new Map(
    alertGroups(platform, environment).flatMap(({ alerts }) =>
      alerts.map((alert): [string, LabelSet] => [alert.name, alert.fires[0]?.labels ?? {}]),
    ),
  );
  const found = rulesOfEnvironment(tree, environment).flatMap(({ alert, labels, annotations }): ArrivingAlert[] => {
    const own = { ...given.get(alert), ...labels, alertname: alert };
    return "team" in own || !("namespace" in own)
      ? [{ labels: own, annotations }]
      : [...platform.teams.map(({ namespace }) => namespace), "kube-system"].map((namespace) => ({
          labels: { ...own, namespace },
          annotations,
        }));
  });
  return [...new Map(found.map((each) => [JSON.stringify(each.labels), each])).values()];
}

interface RenderedAlertRule {
  readonly alert: string;
  readonly labels: LabelSet;
  readonly annotations: LabelSet;
}

/** Each alerting rule of an environment, whichever package made it. */
function rulesOfEnvironment(tree: RenderedTree, environment: Environment): readonly RenderedAlertRule[] {
  return objectsOfEnvironment(tree, environment.name)
    .filter(({ resource }) => resource.kind === "PrometheusRule")
    .flatMap(({ resource }) => listAt(resource, "spec", "groups"))
    .flatMap((group) => listAt(group, "rules"))
    .flatMap((rule) => {
      const alert = fieldAt(rule, "alert");
      return typeof alert === "string"
        ? [{ alert, labels: textMapAt(rule, "labels"), annotations: textMapAt(rule, "annotations") }]
        : [];
    });
}
