import type { PodTemplateSpec } from "kubernetes-models/v1/PodTemplateSpec";
import {
  type CollectorWorkload,
  podSecurityOf,
  selectorLabels,
  spreadOf,
  type Variable,
  variablesOf,
  volumesOf,
} from "../operator/collector-workload.ts";
import { imageOf } from "../operator/image.ts";
import { healthPort, listeningPorts, metricsPort } from "./ports.ts";

/** The key of the ConfigMap, and the file that the collector reads. */
export const configFile = "collector.yaml";

const configVolume = { name: "config", mountPath: "/conf", readOnly: true } as const;

type PodTemplate = NonNullable<ConstructorParameters<typeof PodTemplateSpec>[0]>;
type EnvironmentVariable = NonNullable<NonNullable<PodTemplate["spec"]>["containers"][number]["env"]>[number];
type Probe = NonNullable<NonNullable<PodTemplate["spec"]>["containers"][number]["livenessProbe"]>;

/** The pods of a collector, with what the API server fills in. Another `configHash` is another configuration, and other pods. */
export function podTemplate(workload: CollectorWorkload, configMap: string, configHash: string): PodTemplate {
  const { name, labels, collector, image, runs, resources, terminationGracePeriod = 30, priorityClass } = workload;
  const security = podSecurityOf(workload);
  const { volumes = [], volumeMounts = [] } = volumesOf(workload);
  const health = healthPort(collector.config);
  return {
    metadata: {
      labels: { ...labels, ...selectorLabels(workload) },
      annotations: { "plinth.dev/config": configHash },
    },
    spec: {
      serviceAccountName: name,
      // The former name of the same: the API server fills it in.
      serviceAccount: name,
      securityContext: { ...security.pod },
      containers: [
        {
          name: "otc-container",
          image: imageOf(image),
          imagePullPolicy: "IfNotPresent",
          args: [`--config=${configVolume.mountPath}/${configFile}`],
          env: variablesOf(workload).map(withVersion),
          ports: [
            ...listeningPorts(collector.config).map(({ name: portName, port }) => ({
              name: portName,
              containerPort: port,
              protocol: "TCP" as const,
            })),
            { name: "metrics", containerPort: metricsPort(collector.config), protocol: "TCP" },
          ],
          resources: { requests: { ...resources.requests }, limits: { ...resources.limits } },
          ...(health === undefined
            ? {}
            : {
                // A collector whose back end is away is well: its probes ask only whether it runs.
                startupProbe: probe(health, { periodSeconds: 5, failureThreshold: 24 }),
                livenessProbe: probe(health, { periodSeconds: 10, failureThreshold: 6 }),
                readinessProbe: probe(health, { periodSeconds: 5, failureThreshold: 2 }),
              }),
          securityContext: { ...security.container },
          terminationMessagePath: "/dev/termination-log",
          terminationMessagePolicy: "FallbackToLogsOnError",
          volumeMounts: [configVolume, ...volumeMounts],
        },
      ],
      volumes: [
        {
          name: configVolume.name,
          configMap: { name: configMap, defaultMode: 0o440, items: [{ key: configFile, path: configFile }] },
        },
        ...volumes,
      ],
      ...(runs.mode === "daemonset"
        ? { tolerations: [{ operator: "Exists" }] }
        : { topologySpreadConstraints: spreadOf(workload) }),
      ...(priorityClass === undefined ? {} : { priorityClassName: priorityClass }),
      terminationGracePeriodSeconds: terminationGracePeriod,
      dnsPolicy: "ClusterFirst",
      restartPolicy: "Always",
      schedulerName: "default-scheduler",
    },
  };
}

/** A field of the pod is one of a version of the API, which the API server fills in. */
function withVersion(variable: Variable): EnvironmentVariable {
  return "valueFrom" in variable && "fieldRef" in variable.valueFrom
    ? { ...variable, valueFrom: { fieldRef: { apiVersion: "v1", ...variable.valueFrom.fieldRef } } }
    : variable;
}

function probe(port: number, times: Pick<Probe, "periodSeconds" | "failureThreshold">): Probe {
  return { httpGet: { path: "/", port, scheme: "HTTP" }, ...times, timeoutSeconds: 2, successThreshold: 1 };
}
