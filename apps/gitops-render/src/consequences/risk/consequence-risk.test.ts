import { describe, expect, it } from "vitest";
import { application, comparisonOf, type Files } from "../../reports/report.fixture.ts";
import { isAtLeast, riskOf, worstOf } from "./consequence-risk.ts";
import { guardedEnvironments } from "./guarded-environments.ts";

describe("the risk", () => {
  const rule = { domain: "other", meaning: "", reviewers: ["owner"], mirror: "" } as const;

  it("is whole where a person delivers, and one step less elsewhere, but not less than low", () => {
    const elsewhere = (["critical", "high", "medium", "low", "none"] as const).map((risk) =>
      riskOf({ ...rule, risk }, false),
    );
    expect(elsewhere).toEqual(["high", "medium", "low", "low", "none"]);
    expect(riskOf({ ...rule, risk: "critical" }, true)).toBe("critical");
  });

  it("is elsewhere what the rule says for there", () =>
    expect(riskOf({ ...rule, risk: "critical", elsewhere: "none" }, false)).toBe("none"));

  it("of several is the worst", () => {
    expect(worstOf(["low", "high", "none"])).toBe("high");
    expect(worstOf([])).toBe("none");
    expect(isAtLeast("critical", "high")).toBe(true);
    expect(isAtLeast("medium", "high")).toBe(false);
  });
});

const guarded = (before: Files, after: Files): readonly string[] => [
  ...guardedEnvironments(comparisonOf(before, after)),
];
const object = (environment: string, name: string, text: string): Files => ({
  [`argocd/${environment}/${name}.yaml`]: text,
});
const flux = (environment: string, kind: string, spec: string): Files =>
  object(
    environment,
    `flux-${kind.toLowerCase()}-x`,
    `apiVersion: ${kind === "GitRepository" ? "source" : "kustomize"}.toolkit.fluxcd.io/v1\nkind: ${kind}\nmetadata: { name: x, namespace: flux-system }\nspec: ${spec}\n`,
  );
const both = (files: Files): readonly string[] => guarded(files, { ...files });

describe("an environment is guarded", () => {
  it("where an Argo CD Application waits for somebody, whatever the environment is called", () => {
    expect(both({ ...application("production", true), ...application("sandbox", false) })).toEqual(["sandbox"]);
  });

  it("where an Application's automation is switched off", () =>
    expect(
      both(
        object(
          "a",
          "application-a",
          "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: { name: a }\nspec: { syncPolicy: { automated: { enabled: false } } }\n",
        ),
      ),
    ).toEqual(["a"]));

  it("where a project has sync windows", () =>
    expect(
      both({
        ...application("a", true),
        ...object(
          "a",
          "appproject-x",
          "apiVersion: argoproj.io/v1alpha1\nkind: AppProject\nmetadata: { name: x }\nspec: { syncWindows: [{ kind: allow, schedule: '0 8 * * *', duration: 1h }] }\n",
        ),
      }),
    ).toEqual(["a"]));

  it("where the Applications of an ApplicationSet wait", () => {
    const set = (policy: string): string =>
      `apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: { name: x }\nspec: { template: { spec: { ${policy} } } }\n`;
    expect(
      both({
        ...object("a", "applicationset-x", set("syncPolicy: { automated: {} }")),
        ...object("b", "applicationset-x", set("project: x")),
      }),
    ).toEqual(["b"]);
  });

  it("where Flux is suspended, pinned, or follows a branch of its own", () => {
    expect(
      both({ ...flux("a", "Kustomization", "{ suspend: true }"), ...flux("b", "Kustomization", "{ prune: true }") }),
    ).toEqual(["a"]);
    expect(both(flux("a", "GitRepository", "{ ref: { tag: v1 } }"))).toEqual(["a"]);
    const followed = (branches: Readonly<Record<string, string>>): readonly string[] =>
      both(
        Object.fromEntries(
          Object.entries(branches).flatMap(([name, branch]) =>
            Object.entries(flux(name, "GitRepository", `{ ref: ${branch} }`)),
          ),
        ),
      );
    expect(followed({ a: "{ branch: main }", b: "{ branch: main }", c: "{ branch: release }" })).toEqual(["c"]);
    expect(followed({ a: "{ name: refs/heads/main }", b: "{ name: refs/heads/b }" })).toEqual(["b"]);
    expect(followed({ a: "{ name: refs/tags/v1 }", b: "{ branch: main }", c: "{ branch: other }" })).toEqual(["a"]);
  });

  it("where nothing in the tree tells", () =>
    expect(
      both({ "application/a/x/y/configmap-y.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: y }\n" }),
    ).toEqual(["a"]));

  it("where it was before, or will be: both orders of two trees say the same", () => {
    expect(guarded(application("a", true), application("a", false))).toEqual(["a"]);
    expect(guarded(application("a", false), application("a", true))).toEqual(["a"]);
    expect(guarded(application("a", true), { ...application("a", true) })).toEqual([]);
  });
});
