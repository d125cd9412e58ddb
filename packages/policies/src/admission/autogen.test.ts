import { describe, expect, test } from "vitest";
import { autogenText } from "./autogen.ts";

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
