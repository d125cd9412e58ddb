import { describe, expect, test } from "vitest";
import { autogenText, type PodController } from "./autogen.ts";
import { policyCatalog } from "./catalog.ts";
import type { CelExpression } from "./cel.ts";
import { parseCel } from "./cel-syntax.ts";
import { fieldFindings } from "./field-findings.ts";
import { objects, standardVariables } from "./match.ts";
import type { ObjectKindName } from "./object-kinds.ts";

describe("a rule for a controller", () => {
  test("reads the template where the rule for pods reads the pod", () => {
    expect(
      autogenText(
        "object.spec.containers.size() > 0 && object.metadata.labels != oldObject.metadata.labels",
        "deployments",
      ),
    ).toBe(
      "object.spec.template.spec.containers.size() > 0 && object.spec.template.metadata.labels != oldObject.spec.template.metadata.labels",
    );
  });

  test("reads the template of the Job in a CronJob", () => {
    expect(autogenText("object.spec.hostPID", "cronjobs")).toBe("object.spec.jobTemplate.spec.template.spec.hostPID");
  });

  test("keeps the namespace, which a template does not have", () => {
    expect(autogenText("object.metadata.namespace == 'a' && object.metadata.namespaceFoo", "jobs")).toBe(
      "object.metadata.namespace == 'a' && object.spec.template.metadata.namespaceFoo",
    );
  });

  test("has its messages rewritten, too", () => {
    expect(autogenText("'object.spec.hostPID is true'", "statefulsets")).toBe(
      "'object.spec.template.spec.hostPID is true'",
    );
  });

  test("leaves other objects alone", () => {
    expect(autogenText("namespaceObject.metadata.labels", "deployments")).toBe("namespaceObject.metadata.labels");
  });
});

describe("what Kyverno makes of the policies about pods", () => {
  const kinds: readonly (readonly [PodController, ObjectKindName])[] = [
    ["deployments", "Deployment"],
    ["statefulsets", "StatefulSet"],
    ["daemonsets", "DaemonSet"],
    ["jobs", "Job"],
    ["cronjobs", "CronJob"],
  ];

  test.each(kinds)("for %s is CEL that reads fields which a %s has", (controller, kind) => {
    const rewritten = ({ expression }: CelExpression): CelExpression => ({
      expression: autogenText(expression, controller),
    });
    const derived = policyCatalog.filter(({ match }) => match.controllers.some((each) => each === controller));
    expect(derived.length).toBeGreaterThan(0);
    for (const policy of derived) {
      const variables = Object.entries({ ...standardVariables.pods, ...policy.variables }).map(([name, each]) => [
        name,
        rewritten(each),
      ]);
      const offenders = rewritten(policy.offenders);
      expect(parseCel(offenders.expression).problem).toBeUndefined();
      expect(
        fieldFindings({ ...policy, match: objects([kind]), variables: Object.fromEntries(variables), offenders }),
      ).toEqual([]);
    }
  });
});
