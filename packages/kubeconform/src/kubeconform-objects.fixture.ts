/** An object as plain data. */
export type PlainObject = { readonly [key: string]: unknown };

/** Valid objects of many kinds, built in and of the operators whose CRDs `kubeconform.verify.ts` derives schemas from. */
export const validObjects: readonly PlainObject[] = [
  {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: "team-data", labels: { "pod-security.kubernetes.io/enforce": "restricted" } },
  },
  {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "settings", namespace: "team-data", creationTimestamp: null },
    data: { a: "1", text: "x\u0085y\u007fz" },
  },
  {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "token", namespace: "team-data" },
    data: { token: "YWJj\nZGVm" },
  },
  {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "accounting", namespace: "team-data", annotations: { "Example.com/owner": "data" } },
    spec: {
      replicas: null,
      selector: { matchLabels: { app: "accounting" } },
      strategy: { rollingUpdate: { maxSurge: "25%", maxUnavailable: 0 } },
      template: {
        metadata: { labels: { app: "accounting" } },
        spec: {
          containers: [
            {
              name: "accounting",
              image: "registry.example.com/accounting:1.0",
              livenessProbe: { httpGet: { port: "http" } },
              readinessProbe: { httpGet: { port: 8080 } },
              resources: { limits: { cpu: 1, memory: "512Mi" }, requests: { cpu: "100m", memory: "1e8" } },
            },
          ],
        },
      },
    },
    status: {},
  },
  {
    apiVersion: "rbac.authorization.k8s.io/v1",
    kind: "ClusterRole",
    metadata: { name: "system:Team data:read" },
    rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }],
  },
  {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "deny", namespace: "team-data" },
    spec: { podSelector: {}, policyTypes: ["Ingress"] },
  },
  {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "widgets.example.com" },
    spec: {
      group: "example.com",
      scope: "Namespaced",
      names: { kind: "Widget", plural: "widgets" },
      versions: [
        {
          name: "v1",
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: "object",
              properties: {
                a: { type: "array", items: { type: "string", default: "x" } },
                b: { type: "object", additionalProperties: { type: "string" } },
              },
            },
          },
          subresources: { status: {} },
        },
      ],
    },
  },
  {
    apiVersion: "policies.kyverno.io/v1",
    kind: "ValidatingPolicy",
    metadata: { name: "disallow-latest-tag" },
    spec: {
      validationActions: ["Deny"],
      evaluation: { background: { enabled: true } },
      matchConstraints: {
        resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"] }],
      },
      validations: [{ expression: "true", message: "no" }],
    },
  },
  {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: { name: "accounting", namespace: "team-data" },
    spec: {
      groups: [
        {
          name: "accounting",
          interval: "30s",
          rules: [
            { alert: "Down", expr: 1, for: "5m", labels: { severity: "critical" } },
            { record: "a:b", expr: "sum(up)" },
          ],
        },
      ],
    },
  },
  {
    apiVersion: "opentelemetry.io/v1beta1",
    kind: "OpenTelemetryCollector",
    metadata: { name: "gateway", namespace: "opentelemetry" },
    spec: {
      mode: "deployment",
      config: {
        receivers: { otlp: { protocols: { grpc: null, http: { endpoint: "0.0.0.0:4318" } } } },
        processors: { anything: { at: { all: [1, "two", null] } } },
        exporters: { debug: {} },
        service: { pipelines: { traces: { receivers: ["otlp"], exporters: ["debug"] } } },
      },
    },
  },
  {
    apiVersion: "sloth.slok.dev/v1",
    kind: "PrometheusServiceLevel",
    metadata: { name: "accounting", namespace: "team-data" },
    spec: {
      service: "accounting",
      slos: [
        {
          name: "availability",
          objective: 99.9,
          sli: { events: { errorQuery: "a", totalQuery: "b" } },
          alerting: { name: "Down" },
        },
      ],
    },
  },
  {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: { name: "accounting", namespace: "argocd", finalizers: ["resources-finalizer.argocd.argoproj.io"] },
    spec: {
      project: "team-data",
      destination: { namespace: "team-data", server: "https://kubernetes.default.svc" },
      source: { repoURL: "https://git.example.com/a.git", path: "x", helm: { valuesObject: { any: { thing: [1] } } } },
    },
  },
  {
    apiVersion: "grafana.integreatly.org/v1beta1",
    kind: "GrafanaDashboard",
    metadata: { name: "accounting", namespace: "monitoring" },
    spec: { instanceSelector: { matchLabels: { dashboards: "grafana" } }, json: "{}" },
  },
  {
    apiVersion: "cert-manager.io/v1",
    kind: "Certificate",
    metadata: { name: "shop", namespace: "istio-system" },
    spec: {
      secretName: "shop-tls",
      dnsNames: ["shop.example.com"],
      issuerRef: { name: "letsencrypt", kind: "ClusterIssuer" },
    },
  },
];

/** One change to a valid object, and where the judge has to find it. */
export interface Break {
  /** The kind of the valid object. */
  readonly kind: string;
  /** The steps to the member that is set. */
  readonly steps: readonly (string | number)[];
  readonly value: unknown;
  /** The path of the finding; that of the member when it is not given. */
  readonly path?: string;
}

export const breaks: readonly Break[] = [
  { kind: "ConfigMap", steps: ["dta"], value: {} },
  { kind: "ConfigMap", steps: ["data", "a"], value: 1 },
  { kind: "ConfigMap", steps: ["metadata", "name"], value: "Not_a_name" },
  { kind: "ConfigMap", steps: ["metadata", "name"], value: "x".repeat(254) },
  { kind: "ConfigMap", steps: ["metadata", "nme"], value: "x" },
  { kind: "ConfigMap", steps: ["metadata"], value: {}, path: "metadata.name" },
  { kind: "ConfigMap", steps: ["metadata", "labels"], value: { "bad key": "x" }, path: 'metadata.labels["bad key"]' },
  { kind: "ConfigMap", steps: ["metadata", "labels"], value: { team: "not a value" }, path: "metadata.labels.team" },
  { kind: "Namespace", steps: ["metadata", "name"], value: "team.data" },
  { kind: "Secret", steps: ["data", "token"], value: "not base64!" },
  { kind: "ClusterRole", steps: ["metadata", "name"], value: "a/b" },
  { kind: "Deployment", steps: ["spec", "replicas"], value: "3" },
  { kind: "Deployment", steps: ["spec", "replicas"], value: 3e9 },
  { kind: "Deployment", steps: ["spec", "template", "spec", "containers", 0, "imagePullpolicy"], value: "Always" },
  {
    kind: "Deployment",
    steps: ["spec", "template", "spec", "containers", 0, "livenessProbe", "httpGet", "port"],
    value: 80.5,
  },
  {
    kind: "Deployment",
    steps: ["spec", "template", "spec", "containers", 0, "resources", "limits", "memory"],
    value: "1gi",
  },
  { kind: "Deployment", steps: ["spec", "template", "metadata", "nam"], value: "x" },
  { kind: "Deployment", steps: ["status"], value: { ready: 1 }, path: "status.ready" },
  { kind: "NetworkPolicy", steps: ["spec", "ingress"], value: [null], path: "spec.ingress[0]" },
  {
    kind: "CustomResourceDefinition",
    steps: ["spec", "versions", 0, "schema", "openAPIV3Schema", "properties", "a", "tpe"],
    value: "string",
  },
  {
    kind: "CustomResourceDefinition",
    steps: ["spec", "versions", 0, "schema", "openAPIV3Schema", "properties", "a", "items", "tpe"],
    value: "string",
  },
  { kind: "ValidatingPolicy", steps: ["spec", "matchConstraints", "resourceRules", 0, "apiGroup"], value: [""] },
  { kind: "ValidatingPolicy", steps: ["spec", "validations"], value: {} },
  { kind: "PrometheusRule", steps: ["spec", "groups", 0, "rules", 0, "expr"], value: 1.5 },
  { kind: "PrometheusRule", steps: ["spec", "groups", 0, "rules", 0, "for"], value: "five minutes" },
  { kind: "PrometheusRule", steps: ["spec", "groups", 0, "rules", 0, "severity"], value: "critical" },
  { kind: "OpenTelemetryCollector", steps: ["spec", "mode"], value: "cluster" },
  {
    kind: "OpenTelemetryCollector",
    steps: ["spec", "config", "service", "pipelines", "traces", "receiver"],
    value: [],
  },
  { kind: "PrometheusServiceLevel", steps: ["spec", "slos", 0, "sli", "event"], value: {} },
  {
    kind: "Application",
    steps: ["spec", "syncPolicy"],
    value: { automated: { prnue: true } },
    path: "spec.syncPolicy.automated.prnue",
  },
  { kind: "GrafanaDashboard", steps: ["spec", "instanceSelector", "matchLabel"], value: {} },
  { kind: "Certificate", steps: ["spec", "issuerRef"], value: undefined },
];

/** The valid object of a break with its one member set; with no member when the value is `undefined`. */
export function brokenObject({ kind, steps, value }: Break): PlainObject {
  const valid = validObjects.find((object) => object["kind"] === kind);
  const broken = withMember(valid, steps, value);
  if (typeof broken !== "object" || broken === null) throw new TypeError(`there is no valid ${kind}`);
  return { ...broken };
}

function withMember(owner: unknown, steps: readonly (string | number)[], value: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (Array.isArray(owner))
    return owner.map((member: unknown, index) => (index === step ? withMember(member, rest, value) : member));
  const members = typeof owner === "object" && owner !== null ? Object.entries(owner) : [];
  const current: unknown = members.find(([key]) => key === step)?.[1];
  return Object.fromEntries([...members.filter(([key]) => key !== step), [step, withMember(current, rest, value)]]);
}
