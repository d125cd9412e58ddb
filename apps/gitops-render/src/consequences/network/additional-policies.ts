import { fieldAt, isRecord, listAt, type Resource, textAt, textMapAt, textsAt } from "@plinth/core";
import type { Tree, TreeComparison } from "../../comparison/tree-comparison.ts";
import { changedObjects, changesOf, ownerOf } from "../changed-objects.ts";
import type { Consequence } from "../consequence.ts";
import { teamsByNamespace } from "../namespaces.ts";
import { distinct } from "../words.ts";

/** Kinds of network plugins, which say what no NetworkPolicy can. They are read rule by rule, and not held against each other. */
const kinds = [
  "cilium.io/CiliumNetworkPolicy",
  "cilium.io/CiliumClusterwideNetworkPolicy",
  "policy.networking.k8s.io/ClusterNetworkPolicy",
  "policy.networking.k8s.io/AdminNetworkPolicy",
  "policy.networking.k8s.io/BaselineAdminNetworkPolicy",
  "projectcalico.org/NetworkPolicy",
  "projectcalico.org/GlobalNetworkPolicy",
];

/** Rules of network plugins that come and go, whichever object holds them. */
export function additionalPolicyChanges(comparison: TreeComparison, environment: string): readonly Consequence[] {
  const changes = changesOf(comparison, environment, ...kinds);
  if (changes.length === 0) return [];
  const was = rulesIn(comparison.before, environment);
  const is = rulesIn(comparison.after, environment);
  const teams = teamsByNamespace(comparison, environment);
  const side = (before: Rules, after: Rules, gained: boolean): readonly Consequence[] =>
    [...after].flatMap(([subject, { namespace, rules }]): Consequence[] => {
      const others = distinct(rules).filter((rule) => before.get(subject)?.rules.has(rule) !== true);
      if (others.length === 0) return [];
      const concerned = changes.filter(({ before: one, after: other }) =>
        [one, other].some((object) => object !== undefined && subjectOf(object.resource) === subject),
      );
      const team = teams.get(namespace);
      return [
        {
          rule: gained ? "additional-policy-gained" : "additional-policy-lost",
          environment,
          ...(team === undefined ? {} : { team }),
          ...ownerOf(concerned),
          subject,
          text: `${gained ? "gains" : "loses"} ${others.length === 1 ? others.join("") : `${others.length} rules`}`,
          details: others.length === 1 ? [] : others,
          ...changedObjects(concerned),
        },
      ];
    });
  return [...side(was, is, true), ...side(is, was, false)];
}

type Rules = ReadonlyMap<string, { readonly namespace: string; readonly rules: ReadonlySet<string> }>;

function rulesIn(tree: Tree, environment: string): Rules {
  const found = new Map<string, { namespace: string; rules: Set<string> }>();
  for (const { resource } of tree.objectsIn(environment, ...kinds)) {
    const subject = subjectOf(resource);
    const known = found.get(subject) ?? { namespace: resource.metadata.namespace ?? "", rules: new Set<string>() };
    for (const rule of rulesOf(resource)) known.rules.add(rule);
    found.set(subject, known);
  }
  return found;
}

/** The pods that a policy is about. */
function subjectOf({ kind, metadata, spec }: Resource): string {
  const selector = fieldAt(spec, "endpointSelector") ?? fieldAt(spec, "selector") ?? fieldAt(spec, "subject");
  const labels = textMapAt(selector, "matchLabels");
  const { namespace } = metadata;
  const pods =
    labels["app.kubernetes.io/name"] ??
    (isRecord(selector) && Object.keys(selector).length > 0 ? JSON.stringify(selector) : "every pod");
  if (namespace !== undefined) return pods === "every pod" ? `every pod of ${namespace}` : `${namespace}/${pods}`;
  return `${kind} ${metadata.name}`;
}

function rulesOf({ spec }: Resource): readonly string[] {
  const order =
    fieldAt(spec, "tier") === undefined ? "" : `${textAt(spec, "tier")} ${String(fieldAt(spec, "priority"))}: `;
  const pods = isRecord(fieldAt(spec, "subject")) ? `for ${JSON.stringify(fieldAt(spec, "subject"))} ` : "";
  return ["ingress", "egress", "ingressDeny", "egressDeny"].flatMap((direction) =>
    listAt(spec, direction).flatMap((rule) => ciliumRule(direction, rule).map((text) => `${order}${pods}${text}`)),
  );
}

/** A rule in words, one for each host: `egress to api.stripe.com on 443`. What has no words is told as it is written. */
function ciliumRule(direction: string, rule: unknown): readonly string[] {
  const hosts = listAt(rule, "toFQDNs").map((host) => textAt(host, "matchName") || textAt(host, "matchPattern"));
  const entities = [...textsAt(rule, "toEntities"), ...textsAt(rule, "fromEntities")];
  const blocks = [...textsAt(rule, "toCIDR"), ...textsAt(rule, "fromCIDR")];
  const pods = [...listAt(rule, "toEndpoints"), ...listAt(rule, "fromEndpoints")].map((endpoint) =>
    Object.values(textMapAt(endpoint, "matchLabels")).join(" "),
  );
  const peers = [...hosts, ...entities.map((entity) => `the entity ${entity}`), ...blocks, ...pods];
  const ports = listAt(rule, "toPorts").flatMap((entry) =>
    listAt(entry, "ports").map((port) => {
      const protocol = textAt(port, "protocol");
      return `${textAt(port, "port")}${protocol === "TCP" || protocol === "" ? "" : `/${protocol}`}`;
    }),
  );
  if (peers.length === 0) {
    const { name: _, ...rest } = isRecord(rule) ? rule : {};
    return [`${direction} ${JSON.stringify(rest)}`];
  }
  const preposition = direction.startsWith("egress") ? "to" : "from";
  const on = ports.length === 0 ? "" : ` on ${ports.join(", ")}`;
  return peers.map((peer) => `${direction} ${preposition} ${peer}${on}`);
}
