import { buildResource, type Resource } from "@plinth/core";
import { Deployment } from "kubernetes-models/apps/v1/Deployment";
import { Namespace } from "kubernetes-models/v1/Namespace";
import type { Cluster } from "./cluster.ts";

/**
 * The namespaces and workloads of a cluster as Kubernetes objects: what a tool needs beside the policies to say who reaches whom. Each workload is a
 * Deployment with the labels and ports of its pods; its image is a name that nothing pulls.
 *
 * @example
 * import type { Environment, Platform } from "@plinth/core";
 * declare const platform: Platform;
 * declare const production: Environment;
 * workloadResources(clusterOf(platform, production)).map(({ kind, metadata }) => `${kind} ${metadata.name}`);
 */
export function workloadResources({ namespaces, workloads }: Cluster): readonly Resource[] {
  return [
    ...namespaces.map(({ name, labels }) => buildResource(Namespace, { metadata: { name, labels } })),
    ...workloads.map(({ namespace, name, labels, ports }) =>
      buildResource(Deployment, {
        metadata: { name, namespace },
        spec: {
          selector: { matchLabels: { ...labels } },
          template: {
            metadata: { labels: { ...labels } },
            spec: {
              containers: [
                {
                  name: "workload",
                  image: "workload.invalid/none:0",
                  ports: ports.map((port) => ({
                    ...(port.name === undefined ? {} : { name: port.name }),
                    containerPort: port.port,
                    protocol: port.protocol,
                  })),
                },
              ],
            },
          },
        },
      }),
    ),
  ];
}
