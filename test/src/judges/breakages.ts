/** A way to break a rendered file, and how the judges have to name it. */
export interface Breakage {
  /** What somebody did. */
  readonly name: string;
  /** The file, below the output folder; of the reference platform. */
  readonly file: string;
  /** The file's new text; `undefined` removes it. */
  readonly change: (text: string) => string | undefined;
  /** Where the broken text goes, when it is not the file itself. */
  readonly to?: string;
  /** Which part of a field's path, or of the message, has to be in the finding. */
  readonly names: string;
  /** The component that has to be named; left out for a file that no component made. */
  readonly component?: string;
}

const tenancy = "foundation/overlays/production/tenancy/team-data";
const checkout = "application/production/backend/checkout";

/** Ways in which a rendered file is broken by hand, by a merge, or by a defect of a component. */
export const breakages: readonly Breakage[] = [
  {
    name: "an unknown field",
    file: `${tenancy}/resourcequota-team-data.yaml`,
    change: (text) => text.replace("  hard:", "  hardd: {}\n  hard:"),
    names: "hardd",
    component: "tenancy",
  },
  {
    name: "a value of the wrong type",
    file: `${checkout}/serviceaccount-checkout.yaml`,
    change: (text) => text.replace("automountServiceAccountToken: false", 'automountServiceAccountToken: "no"'),
    names: "automountServiceAccountToken",
    component: "workload-identity",
  },
  {
    name: "a name that is none",
    file: `${tenancy}/limitrange-team-data.yaml`,
    change: (text) => text.replace("  name: team-data", "  name: Team_Data"),
    names: "metadata.name",
    component: "tenancy",
  },
  {
    name: "a label that is none",
    file: "foundation/base/platform-namespaces/namespace-falco.yaml",
    change: (text) =>
      text.replace("plinth.dev/component: platform-namespaces", 'plinth.dev/component: "platform namespaces"'),
    names: "labels",
    component: "platform-namespaces",
  },
  {
    name: "a kind that no cluster knows",
    file: `${checkout}/prometheusrule-checkout-slo.yaml`,
    change: (text) => text.replace("monitoring.coreos.com/v1", "monitoring.coreos.com/v7"),
    names: "monitoring.coreos.com/v7",
    component: "service-level-objectives",
  },
  {
    name: "a second file with the same object",
    file: `${checkout}/serviceaccount-checkout.yaml`,
    to: "application/production/backend/cart/serviceaccount-checkout.yaml",
    change: (text) => text,
    names: "same object",
  },
  {
    name: "YAML that does not parse",
    file: `${checkout}/networkpolicy-checkout-ingress.yaml`,
    change: (text) => text.replace("spec:", "spec: {"),
    names: "YAML",
    component: "service-network",
  },
  {
    name: "a key that stands twice",
    file: `${checkout}/networkpolicy-checkout-egress.yaml`,
    change: (text) => text.replace("spec:", "kind: NetworkPolicy\nspec:"),
    names: "kind",
    component: "service-network",
  },
  {
    name: "a field that is needed and gone",
    file: "foundation/overlays/production/team-access/team-data/rolebinding-namespace-viewer.yaml",
    change: (text) => text.replace("roleRef:", "roleReference:"),
    names: "roleRef",
    component: "team-access",
  },
  {
    name: "a file without a kind",
    file: `${checkout}/configmap-grafana-dashboard-checkout.yaml`,
    change: (text) => text.replace(/^kind: .*\n/m, ""),
    names: "kind",
    component: "dashboards",
  },
  {
    name: "a file that the kustomization lists and that is gone",
    file: "foundation/overlays/staging/tenancy/team-data/resourcequota-team-data.yaml",
    change: () => undefined,
    names: "kustomize",
  },
  {
    name: "a kustomization where Argo CD reads a folder",
    file: "foundation/base/kustomization.yaml",
    to: "application/production/backend/currency/kustomization.yaml",
    change: (text) => text,
    names: "another tool",
  },
];
