import { servicesIn } from "@plinth/core";
import { cel } from "../admission/cel.ts";
import { cis, nsa } from "../admission/control.ts";
import { pods } from "../admission/match.ts";
import { type ParameterizedPolicy, parameterizedPolicy } from "../admission/parameterized-policy.ts";
import { pod } from "../admission/pod-fixture.ts";
import { violation } from "../admission/policy.ts";

const defaults: { readonly accounts: readonly string[] } = { accounts: [] };

const token = { name: "kube-api-access-x7k2p", projected: { sources: [{ serviceAccountToken: { path: "token" } }] } };

/**
 * Only pods that talk to the API server have its token. A pod that says nothing is judged by what the API server mounted into it: its ServiceAccount may
 * have said no already.
 */
export const restrictServiceAccountToken: ParameterizedPolicy<typeof defaults> = parameterizedPolicy({
  defaults,
  parameters: { accounts: "ServiceAccounts of services that talk to the API server." },
  from: (platform, environment) => ({
    accounts: servicesIn(platform, environment)
      .filter(({ kubernetesApi }) => kubernetesApi !== undefined)
      .map(({ name }) => name)
      .sort(),
  }),
  tried: [{ accounts: ["flagd", "product-catalog"] }],
  policy: ({ accounts }) => ({
    name: "restrict-service-account-token",
    title: "Restrict ServiceAccount tokens",
    category: "Best Practices",
    severity: "medium",
    control: [
      cis("Ensure that Service Account Tokens are only mounted where necessary"),
      nsa("Protecting Pod service account tokens"),
    ],
    why: "Whoever breaks into a pod finds the token and is the ServiceAccount from then on.",
    fix: "Set automountServiceAccountToken to false on the pod, or declare in the service's model what it asks of the Kubernetes API.",
    match: pods(),
    variables: {
      account: cel`object.spec.?serviceAccountName.orValue('default')`,
      mounted: cel`object.spec.?automountServiceAccountToken.orValue(false)
        || variables.volumes.exists(v, v.name.startsWith('kube-api-access-'))`,
    },
    offenders: cel`variables.mounted && !(variables.account in ${accounts})
      ? ['the token of the ServiceAccount ' + variables.account + ' is mounted']
      : []`,
    good: [
      pod({ serviceAccountName: "cart" }),
      ...accounts.map((account) => pod({ serviceAccountName: account, automountServiceAccountToken: true })),
      pod({
        serviceAccountName: "cart",
        automountServiceAccountToken: false,
        volumes: [{ name: "tmp", emptyDir: {} }],
      }),
    ],
    bad: [
      violation(
        pod({ serviceAccountName: "cart", automountServiceAccountToken: true }),
        "the token of the ServiceAccount cart is mounted",
      ),
      violation(pod({ volumes: [token] }), "the token of the ServiceAccount default is mounted"),
    ],
  }),
});
