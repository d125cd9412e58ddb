import type { Resource } from "@plinth/core";
import { heldBy, type RbacIndex } from "../../authorizer/rbac-index.ts";
import { subjectOf } from "../../authorizer/subject.ts";
import type { PolicyRule } from "../../roles/policy-rule.ts";
import { type Ability, abilitiesOf } from "./abilities.ts";
import { type Identity, identityKey } from "./identity.ts";

/** A rule that an identity holds; what gives it is left out for what somebody would give themselves. */
export interface Holding {
  readonly rule: PolicyRule;
  /** In the whole cluster when left out. */
  readonly namespace?: string;
  readonly role?: Resource;
  readonly binding?: Resource;
}

/** An ability of an identity, from one rule. */
export interface Power extends Holding {
  readonly who: Identity;
}

/** Everything that one identity holds, and what that is good for. */
export interface Powers {
  readonly identity: Identity;
  readonly holdings: readonly Holding[];
  readonly byAbility: ReadonlyMap<Ability, readonly Power[]>;
  /** It may everything in the whole cluster. */
  readonly everything: boolean;
}

const allVerbs: PolicyRule = { apiGroups: ["*"], resources: ["*"], verbs: ["*"] };

/** Reads the powers of identities, each once. */
export function powersReader(index: RbacIndex): (identity: Identity) => Powers {
  const known = new Map<string, Powers>();
  return (identity) => {
    const key = identityKey(identity);
    const found = known.get(key);
    if (found !== undefined) return found;
    const holdings = holdingsOf(index, identity);
    const byAbility = new Map<Ability, Power[]>();
    for (const holding of holdings) {
      for (const ability of abilitiesOf(holding.rule)) {
        const power: Power = { ...holding, who: identity };
        const powers = byAbility.get(ability);
        if (powers === undefined) byAbility.set(ability, [power]);
        else powers.push(power);
      }
    }
    const powers = { identity, holdings, byAbility, everything: holdings.some(isEverything) };
    known.set(key, powers);
    return powers;
  };
}

function holdingsOf(index: RbacIndex, identity: Identity): readonly Holding[] {
  switch (identity.kind) {
    case "CloudRole":
    case "Nodes":
      return [];
    case "NamespaceOwner":
      return [{ rule: allVerbs, namespace: identity.namespace }];
    case "BoundRole": {
      const { namespace, role } = identity;
      const found = index.roles.find(
        ({ resource }) =>
          resource.kind === role.kind &&
          resource.metadata.name === role.name &&
          (role.kind === "ClusterRole" || resource.metadata.namespace === namespace),
      );
      return (found?.rules ?? []).map((rule) => ({ rule, ...(namespace === undefined ? {} : { namespace }) }));
    }
    default:
      return identity.kind === "Group" && identity.name === "system:masters"
        ? [{ rule: allVerbs }, { rule: { nonResourceURLs: ["*"], verbs: ["*"] } }]
        : heldBy(index, subjectOf(identity));
  }
}

function isEverything({ rule, namespace }: Holding): boolean {
  return (
    namespace === undefined &&
    rule.verbs.includes("*") &&
    rule.apiGroups?.includes("*") === true &&
    rule.resources?.includes("*") === true &&
    (rule.resourceNames ?? []).length === 0
  );
}
