import type { Resource } from "@plinth/core";
import type { Cluster, Workload } from "@plinth/policies";
import fc from "fast-check";

/** A cluster and policies in it, as chance makes them. */
export interface RandomCase {
  readonly cluster: Cluster;
  readonly policies: readonly Resource[];
}

const namespaces = ["x", "y", "z"] as const;
const keys = ["app", "tier"] as const;
const values = ["a", "b", "c"] as const;
const namespaceName = "kubernetes.io/metadata.name";

const labels = fc.dictionary(fc.constantFrom(...keys), fc.constantFrom(...values), { noNullPrototype: true });

const containerPorts: fc.Arbitrary<Workload["ports"]> = fc.subarray([
  { name: "http", port: 80, protocol: "TCP" },
  { name: "admin", port: 8080, protocol: "TCP" },
  { name: "dns", port: 53, protocol: "UDP" },
  { name: "signal", port: 3868, protocol: "SCTP" },
]);
// A name that means another number at the next workload.
const otherPorts: fc.Arbitrary<Workload["ports"]> = fc.subarray([
  { name: "http", port: 81, protocol: "TCP" },
  { name: "dns", port: 5353, protocol: "UDP" },
]);

const cluster: fc.Arbitrary<Cluster> = fc
  .record({
    zones: fc.tuple(...namespaces.map(() => fc.constantFrom("inner", "outer", undefined))),
    workloads: fc.array(
      fc.record({
        namespace: fc.constantFrom(...namespaces),
        labels,
        ports: fc.oneof(containerPorts, otherPorts),
      }),
      { minLength: 1, maxLength: 5 },
    ),
  })
  .map(({ zones, workloads }) => ({
    namespaces: namespaces.map((name, index) => {
      const zone = zones[index];
      return { name, labels: { [namespaceName]: name, ...(zone === undefined ? {} : { zone }) } };
    }),
    workloads: workloads.map(
      (workload, index): Workload => ({
        ...workload,
        name: `w${index}`,
        // A Deployment's selector has to select something.
        labels: { ...workload.labels, workload: `w${index}` },
      }),
    ),
  }));

interface LabelRequirement {
  readonly key: string;
  readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
  readonly values?: readonly string[];
}

function requirement(key: fc.Arbitrary<string>, value: fc.Arbitrary<string>): fc.Arbitrary<LabelRequirement> {
  const some = fc.uniqueArray(value, { minLength: 1, maxLength: 2 });
  return fc.oneof(
    fc.record({ key, operator: fc.constantFrom("In" as const, "NotIn" as const), values: some }),
    fc.record({ key, operator: fc.constantFrom("Exists" as const, "DoesNotExist" as const) }),
  );
}

const podSelector = fc.oneof(
  fc.constant({}),
  fc.record({ matchLabels: labels }),
  fc.record({
    matchExpressions: fc.array(requirement(fc.constantFrom(...keys), fc.constantFrom(...values)), {
      minLength: 1,
      maxLength: 2,
    }),
  }),
  fc.record({
    matchLabels: labels,
    matchExpressions: fc.array(requirement(fc.constantFrom(...keys), fc.constantFrom(...values)), {
      minLength: 1,
      maxLength: 1,
    }),
  }),
);

const namespaceSelector = fc.oneof(
  fc.constant({}),
  fc.constantFrom(...namespaces).map((name) => ({ matchLabels: { [namespaceName]: name } })),
  fc.constantFrom("inner", "outer").map((zone) => ({ matchLabels: { zone } })),
  requirement(fc.constant("zone"), fc.constantFrom("inner", "outer")).map((each) => ({ matchExpressions: [each] })),
  requirement(fc.constant(namespaceName), fc.constantFrom(...namespaces)).map((each) => ({
    matchExpressions: [each],
  })),
);

const ipBlock = fc.constantFrom(
  { cidr: "0.0.0.0/0" },
  { cidr: "0.0.0.0/0", except: ["10.0.0.0/8", "169.254.169.254/32"] },
  { cidr: "10.0.0.0/8" },
  { cidr: "10.0.0.0/8", except: ["10.1.0.0/16", "10.128.0.0/9"] },
  { cidr: "10.1.0.0/16", except: ["10.1.2.0/24"] },
  { cidr: "203.0.113.7/32" },
  { cidr: "128.0.0.0/1", except: ["203.0.113.0/24"] },
);

const protocol = fc.constantFrom("TCP" as const, "UDP" as const, "SCTP" as const);

const namedPort = fc.oneof(
  fc.record({ port: fc.constantFrom("http", "admin", "absent") }),
  fc.record({ protocol, port: fc.constantFrom("http", "dns", "signal") }),
);
const numberedPort = fc.oneof(
  fc.constantFrom(53, 80, 81, 443, 3868, 8080, 65_535).map((number) => ({ port: number })),
  fc.record({ protocol, port: fc.constantFrom(1, 53, 80, 81, 8080) }),
  fc.record({ protocol }),
  fc
    .record({ protocol, port: fc.constantFrom(1, 80, 8000), length: fc.constantFrom(0, 1, 100, 57_535) })
    .map(({ length, ...rest }) => ({ ...rest, endPort: rest.port + length })),
);
const anyPort = fc.oneof({ weight: 3, arbitrary: numberedPort }, { weight: 2, arbitrary: namedPort });

const podsPeer = fc.oneof(
  fc.record({ podSelector }),
  fc.record({ namespaceSelector }),
  fc.record({ namespaceSelector, podSelector }),
);
const anyPeer = fc.oneof({ weight: 3, arbitrary: podsPeer }, { weight: 1, arbitrary: fc.record({ ipBlock }) });

const ingressRule = fc.record(
  { from: fc.array(anyPeer, { maxLength: 3 }), ports: fc.array(anyPort, { maxLength: 3 }) },
  { requiredKeys: [] },
);

// Left out: a port by name towards addresses. It names no port there; the analyzer ends with "cannot convert named port for an IP destination".
const egressRule = fc.oneof(
  fc.record(
    { to: fc.array(anyPeer, { maxLength: 3 }), ports: fc.array(numberedPort, { maxLength: 3 }) },
    { requiredKeys: [] },
  ),
  fc.record({
    to: fc.array(podsPeer, { minLength: 1, maxLength: 3 }),
    ports: fc.array(anyPort, { minLength: 1, maxLength: 3 }),
  }),
);

const policy = fc.record({
  namespace: fc.constantFrom(...namespaces),
  spec: fc.record(
    {
      podSelector,
      policyTypes: fc.subarray(["Ingress", "Egress"], { minLength: 1 }),
      ingress: fc.array(ingressRule, { maxLength: 2 }),
      egress: fc.array(egressRule, { maxLength: 2 }),
    },
    { requiredKeys: ["podSelector"] },
  ),
});

/** Clusters of a few workloads with up to five policies. */
export const randomCase: fc.Arbitrary<RandomCase> = fc
  .record({ cluster, policies: fc.array(policy, { minLength: 1, maxLength: 5 }) })
  .map(({ cluster: drawn, policies }) => ({
    cluster: drawn,
    policies: policies.map(
      ({ namespace, spec }, index): Resource => ({
        apiVersion: "networking.k8s.io/v1",
        kind: "NetworkPolicy",
        metadata: { name: `policy-${index}`, namespace },
        spec,
      }),
    ),
  }));
