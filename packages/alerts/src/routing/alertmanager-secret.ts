import { buildResource, type Environment, emitYaml, type Resource } from "@plinth/core";
import { Secret } from "kubernetes-models/v1/Secret";
import type { AlertmanagerConfig } from "./alertmanager-config.ts";
import { messageTemplates, templateFile } from "./message-templates.ts";

/** The name of the Secret: what `Alertmanager.spec.configSecret` must say, unless the Alertmanager is called `platform`. */
export const alertmanagerSecretName = "alertmanager-platform";

/**
 * The Secret that the Prometheus operator reads an Alertmanager's configuration and its message templates from. Nothing in it is secret: it names the files in which the
 * secrets are mounted. It is written as text, so that a reviewer can read it.
 *
 * @see https://prometheus-operator.dev/docs/developer/alerting/#alertmanagerconfig-resource
 */
export function alertmanagerSecret(namespace: string, environment: Environment, config: AlertmanagerConfig): Resource {
  return buildResource(Secret, {
    metadata: { name: alertmanagerSecretName, namespace },
    type: "Opaque",
    stringData: { "alertmanager.yaml": emitYaml(config), [templateFile]: messageTemplates(environment) },
  });
}
