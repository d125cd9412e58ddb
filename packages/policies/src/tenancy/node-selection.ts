import { buildResource, type Environment, type Platform, type Resource } from "@plinth/core";
import { MutatingAdmissionPolicy } from "kubernetes-models/admissionregistration.k8s.io/v1/MutatingAdmissionPolicy";
import { MutatingAdmissionPolicyBinding } from "kubernetes-models/admissionregistration.k8s.io/v1/MutatingAdmissionPolicyBinding";
import { cel } from "../admission/cel.ts";
import { admissionPolicy, type MatchedResources, selectorsOf } from "../native-admission/admission-policy.ts";
import { type TeamEntry, teamTable } from "./team-table.ts";

const name = "tenancy-node-selection";
const pods: readonly MatchedResources[] = [{ group: "", versions: ["v1"], resources: ["pods"] }];

/**
 * Pods of a team run on the team's nodes: the API server gives each pod the labels of its nodes, and refuses a pod that has others. Where it cannot give
 * them, before Kubernetes 1.36, pods have to ask for them.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/mutating-admission-policy/
 */
export function nodeSelectionPolicies({ teams }: Platform, environment: Environment): readonly Resource[] {
  const entries = teams.flatMap(({ namespace, tenancy }): TeamEntry<Readonly<Record<string, string>>>[] =>
    Object.keys(tenancy.nodeSelector).length === 0 ? [] : [{ namespace, value: tenancy.nodeSelector }],
  );
  if (entries.length === 0) return [];
  return [
    ...(servesMutation(environment) ? givenToPods(entries) : []),
    ...admissionPolicy({
      name,
      description: "Pods of a team run on the team's nodes.",
      operations: ["CREATE"],
      resources: pods,
      namespaces: entries.map(({ namespace }) => namespace),
      variables: { labels: teamTable(entries), asked: cel`object.spec.?nodeSelector.orValue({})` },
      validations: [
        {
          holds: cel`variables.labels.all(key, variables.asked[?key] == optional.of(variables.labels[key]))`,
          message: cel`'pods of ' + request.namespace + ' need the nodeSelector ' + variables.labels.map(key, key + ': ' + variables.labels[key]).join(', ')`,
        },
      ],
    }),
  ];
}

function servesMutation({ cluster }: Environment): boolean {
  return Number(cluster.kubernetes.split(".")[1]) >= 36;
}

function givenToPods(entries: readonly TeamEntry<Readonly<Record<string, string>>>[]): readonly Resource[] {
  const selectors = selectorsOf({ namespaces: entries.map(({ namespace }) => namespace) });
  return [
    buildResource(MutatingAdmissionPolicy, {
      metadata: {
        name,
        annotations: { "kubernetes.io/description": "Gives pods of a team the labels of the team's nodes." },
      },
      spec: {
        failurePolicy: "Fail",
        reinvocationPolicy: "IfNeeded",
        matchConstraints: {
          matchPolicy: "Equivalent",
          ...selectors,
          resourceRules: [
            { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"], scope: "Namespaced" },
          ],
        },
        variables: [{ name: "labels", expression: teamTable(entries).expression }],
        mutations: [
          {
            patchType: "JSONPatch",
            // A map of the API that is replaced as a whole, so it is patched label by label.
            jsonPatch: {
              expression: cel`has(object.spec.nodeSelector)
                ? variables.labels.map(key, JSONPatch{op: 'add', path: '/spec/nodeSelector/' + jsonpatch.escapeKey(key), value: variables.labels[key]})
                : [JSONPatch{op: 'add', path: '/spec/nodeSelector', value: variables.labels}]`.expression,
            },
          },
        ],
      },
    }),
    buildResource(MutatingAdmissionPolicyBinding, { metadata: { name }, spec: { policyName: name } }),
  ];
}
