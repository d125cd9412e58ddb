import { type Environment, namespaceOf, type Platform, podAnnotationsOf, servicesIn } from "@plinth/core";
import { Pod } from "kubernetes-models/v1/Pod";
import { type CelExpression, cel, celLiteral } from "../admission/cel.ts";
import { type ObjectFixture, object } from "../admission/object-fixture.ts";
import { patchesOf, writeWhere } from "./json-patch.ts";
import { type Change, type Mutation, podKind } from "./mutation.ts";

/** A service whose pods are annotated. */
interface Instrumented {
  readonly service: string;
  readonly namespace: string;
  readonly annotations: Readonly<Record<string, string>>;
}

const container = { name: "app", image: "registry.example.com/shop/cart:1.4.2" };
const injects = "instrumentation.opentelemetry.io/inject-";

/** What the page shows where no environment asks for it. */
const example: Instrumented = {
  service: "cart",
  namespace: "team-example",
  annotations: {
    [`${injects}java`]: "opentelemetry/java",
    "resource.opentelemetry.io/service.name": "cart",
  },
};

/**
 * The annotations that the OpenTelemetry operator looks for, on the pods of services. On the pod and not in its template, which Argo CD compares with Git.
 * The operator's webhook sees them: the API server calls mutating webhooks by the names of their configurations, `kyverno…` before `opentelemetry…`.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apiserver/pkg/admission/configuration/mutating_webhook_manager.go
 */
export const injectInstrumentation: Mutation = {
  name: "inject-instrumentation",
  title: "Instrumentation of services",
  category: "Best Practices",
  what: "A pod of a service gets the annotations with which the OpenTelemetry operator puts the agent of its language, or the variables of its SDK, into it.",
  why: "A service that nobody instruments is a gap in every trace that passes through it.",
  keepYourOwn:
    'Say `instrumentation: "none"` in the model, or annotate the pod yourself: one that names any agent, or "false", stays as it is.',
  asked: true,
  kinds: [podKind],
  conditions: {
    "says-nothing": cel`!object.metadata.?annotations.orValue({}).exists(key, key.startsWith(${injects}))`,
  },
  variables: { wanted: wantedBy([example]) },
  patches: [
    patchesOf(
      writeWhere(
        cel`variables.wanted.size() > 0 && !has(object.metadata.annotations)`,
        "/metadata/annotations",
        cel`{}`,
      ),
      cel`variables.wanted
        .filter(key, !(key in object.metadata.?annotations.orValue({})))
        .map(key, JSONPatch{
          op: 'add',
          path: '/metadata/annotations/' + jsonpatch.escapeKey(key),
          value: variables.wanted[key]
        })`,
    ),
  ],
  changes: changesOf(example),
  keeps: [
    pod("unknown"),
    object(Pod, { spec: { containers: [container] } }, { labels: { app: "cart" } }),
    pod("cart", { [`${injects}java`]: "false" }),
    pod("cart", { [`${injects}sdk`]: "true" }),
  ],
  inEnvironment: (platform, environment) => {
    if (environment.telemetry.instrument !== "every-service") return undefined;
    const services = instrumentedServices(platform, environment);
    if (services.length === 0) return undefined;
    return {
      ...injectInstrumentation,
      variables: { wanted: wantedBy(services) },
      changes: services.flatMap(changesOf),
    };
  },
};

function instrumentedServices(platform: Platform, environment: Environment): readonly Instrumented[] {
  return servicesIn(platform, environment)
    .map((service) => ({
      service: service.name,
      namespace: namespaceOf(platform, service),
      annotations: podAnnotationsOf(platform, service),
    }))
    .filter(({ annotations }) => Object.keys(annotations).length > 0)
    .sort((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
}

function placeOf({ namespace, service }: Instrumented): string {
  return `${namespace}/${service}`;
}

/** What the pod should say, by the place and the name of its service; nothing for any other pod. */
function wantedBy(services: readonly Instrumented[]): CelExpression {
  const entries = services.map((service) => `${celLiteral(placeOf(service))}: ${mapLiteral(service.annotations)}`);
  const table = { expression: `{\n  ${entries.join(",\n  ")}\n}` };
  return cel`${table}[?request.namespace + '/' + object.metadata.?labels[?'app.kubernetes.io/name'].orValue('')].orValue({})`;
}

function mapLiteral(values: Readonly<Record<string, string>>): string {
  return `{${Object.entries(values)
    .map(([key, value]) => `${celLiteral(key)}: ${celLiteral(value)}`)
    .join(", ")}}`;
}

function changesOf({ service, namespace, annotations }: Instrumented): Change[] {
  const own = { "example.com/note": "kept" };
  const said = { "resource.opentelemetry.io/service.name": "own-name" };
  return [
    { namespace, before: pod(service), after: pod(service, annotations) },
    { namespace, before: pod(service, own), after: pod(service, { ...own, ...annotations }) },
    { namespace, before: pod(service, said), after: pod(service, { ...annotations, ...said }) },
  ];
}

function pod(service: string, annotations?: Readonly<Record<string, string>>): ObjectFixture {
  return object(
    Pod,
    { spec: { containers: [container] } },
    { labels: { "app.kubernetes.io/name": service }, ...(annotations === undefined ? {} : { annotations }) },
  );
}
