import { buildResource, type Resource } from "@plinth/core";
import { ConfigMap } from "kubernetes-models/v1/ConfigMap";

/** A file that Grafana's sidecar writes beside Grafana. */
export interface SidecarFile {
  readonly name: string;
  readonly namespace: string;
  /** By which the sidecar finds the ConfigMap. */
  readonly label: { readonly name: string; readonly value: string };
  readonly annotations?: Readonly<Record<string, string>>;
  readonly file: string;
  readonly text: string;
}

/** A ConfigMap for the sidecar that Grafana's chart runs. Whoever sends it to the API server does that by server-side apply: the text may be longer than an annotation. */
export function sidecarConfigMap({ name, namespace, label, annotations, file, text }: SidecarFile): Resource {
  return buildResource(ConfigMap, {
    metadata: {
      name,
      namespace,
      labels: { [label.name]: label.value },
      ...(annotations === undefined ? {} : { annotations: { ...annotations } }),
    },
    data: { [file]: text },
  });
}
