import { plan } from "@plinth/core";
import { exampleDevelopment, examplePlatform, exampleProduction } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { disallowLatestTag } from "../best-practices/disallow-latest-tag.ts";
import { requireReplicas } from "../best-practices/require-replicas.ts";
import { restrictIngressHosts } from "../networking/restrict-hosts.ts";
import { disallowClusterAdminBindings } from "../rbac/disallow-cluster-admin.ts";
import { rolloutPage } from "../rollout/rollout-page.ts";
import { admissionPolicies } from "./admission-policies.ts";
import { policyCatalog } from "./catalog.ts";
import { messageOf, policyIn } from "./policy.ts";
import { policyPages } from "./policy-pages.ts";

const platform = examplePlatform({ environments: [exampleDevelopment(), exampleProduction()] });
const [, production] = platform.environments;
if (production === undefined) throw new Error("the example has two environments");
const textOf = (name: string): string =>
  policyPages(policyCatalog, platform).find(({ path }) => path === `docs/policies/${name}.md`)?.text ?? "";

describe("the pages about policies", () => {
  test("are an index that links to each, and a page for each", () => {
    const paths = policyPages(policyCatalog, platform).map(({ path }) => path);
    expect(paths).toHaveLength(policyCatalog.length + 1);
    const index = textOf("index");
    for (const { name } of policyCatalog) {
      expect(paths).toContain(`docs/policies/${name}.md`);
      expect(index).toContain(`](${name}.md)`);
    }
  });

  test("are rendered with the policies", () => {
    expect(admissionPolicies.documents?.(platform)).toEqual([
      ...policyPages(policyCatalog, platform),
      rolloutPage(policyCatalog, platform),
    ]);
    expect(plan(platform, [admissionPolicies]).findings).toEqual([]);
  });

  test("say why, how to fix it, what passes and what is said of what does not", () => {
    for (const policy of policyCatalog) {
      const text = textOf(policy.name);
      const inProduction = policyIn(policy, platform, production) ?? policy;
      const [bad] = inProduction.bad;
      expect(text).toContain(inProduction.why);
      expect(text).toContain("## Passes\n\n```yaml\napiVersion:");
      expect(text).toContain(messageOf(inProduction, bad?.offenders ?? []));
      expect(text).not.toContain("undefined");
    }
  });

  test("say what is judged, and what becomes of it in each environment", () => {
    const text = textOf(disallowLatestTag.name);
    expect(text).toContain(
      "A Pod, when it is created or changed in a namespace of a team. The same holds for the template of a Deployment, StatefulSet, DaemonSet, Job or CronJob.",
    );
    expect(text).toContain("| development | reported |\n| production | refused |");
    expect(textOf(disallowClusterAdminBindings.name)).toContain(
      "A ClusterRoleBinding, when it is created or changed, unless its name says",
    );
  });

  test("say the values of parameters, those of the platform too", () => {
    expect(textOf(restrictIngressHosts.name)).toContain('| `["shop.example.com"]` |');
  });

  test("say how to ask for an exception, where one is needed", () => {
    expect(textOf(disallowLatestTag.name)).toContain("ask the platform's admins (`platform-admins`)");
    expect(textOf(requireReplicas.name)).toContain("None are needed: the policy only ever reports.");
  });
});
