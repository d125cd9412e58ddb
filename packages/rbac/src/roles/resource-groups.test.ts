import { describe, expect, it } from "vitest";
import { uncoveredRules } from "../authorizer/coverage.ts";
import * as clusterGroups from "./cluster-resource-groups.ts";
import { nodeUsage, roles, secrets } from "./cluster-resource-groups.ts";
import { rulesOf } from "./define-role.ts";
import { change, manage, read } from "./intention.ts";
import { namespaceViewer } from "./namespace-viewer.ts";
import { platformAdmin } from "./platform-admin.ts";
import { platformViewer } from "./platform-viewer.ts";
import { policyRules } from "./policy-rule.ts";
import * as namespaceGroups from "./resource-groups.ts";
import { events, permissions, type ResourceGroup, usage } from "./resource-groups.ts";

const ofNamespaces: readonly ResourceGroup[] = Object.values(namespaceGroups);
const ofCluster: readonly ResourceGroup[] = Object.values(clusterGroups);
const everyGroup = [...ofNamespaces, ...ofCluster];

const named = everyGroup.map((group): [string, ResourceGroup] => [group.title, group]);

describe("the tables of resources", () => {
  it.each(named)(
    "give %s a place: whoever looks over the platform sees it, and its admins change it",
    (_title, group) => {
      expect(uncoveredRules(rulesOf(platformViewer), policyRules(read(group)))).toEqual([]);
      // Nobody writes what is measured or what has happened.
      if (group === usage || group === nodeUsage || group === events) return;
      expect(uncoveredRules(rulesOf(platformAdmin), policyRules(change(group)))).toEqual([]);
    },
  );

  it.each(ofNamespaces.map((group): [string, ResourceGroup] => [group.title, group]))(
    "show %s to those who see the namespace, but for who may do what there",
    (_title, group) => {
      const unseen = uncoveredRules(rulesOf(namespaceViewer), policyRules(read(group)));
      expect(unseen.length > 0).toBe(group === permissions);
    },
  );

  it("hold no Secret that a word like read or change could give", () => {
    const given = policyRules(everyGroup.flatMap((group) => [...read(group), ...change(group)]));
    expect(given.flatMap(({ resources = [] }) => resources)).not.toContain("secrets");
    expect(policyRules(manage(secrets))).toEqual([
      {
        apiGroups: [""],
        resources: ["secrets"],
        verbs: ["create", "delete", "get", "list", "patch", "update", "watch"],
      },
    ]);
  });

  it("hold no resource twice, but for what has a name of its own within another", () => {
    const within = [namespaceGroups.rollouts, clusterGroups.namespaces, roles];
    const all = everyGroup
      .filter((group) => !within.includes(group))
      .flatMap(({ resources }) =>
        Object.entries(resources).flatMap(([apiGroup, plurals]) => plurals.map((plural) => `${plural}.${apiGroup}`)),
      );
    expect(all.filter((resource, index) => all.indexOf(resource) !== index)).toEqual([]);
  });

  it("name plurals in the groups that serve them, sorted", () => {
    for (const { resources } of everyGroup)
      for (const [apiGroup, plurals] of Object.entries(resources)) {
        expect(apiGroup).toMatch(/^([a-z0-9-]+(\.[a-z0-9-]+)*)?$/);
        expect(plurals).toEqual([...plurals].sort());
        for (const plural of plurals) expect(plural).toMatch(/^[a-z0-9]+$/);
      }
  });
});
