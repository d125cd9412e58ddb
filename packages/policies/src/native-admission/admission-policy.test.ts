import { describe, expect, it } from "vitest";
import { cel } from "../admission/cel.ts";
import { type AdmissionPolicyInput, admissionPolicy } from "./admission-policy.ts";
import { isRequestedBy } from "./requesters.ts";

const input: AdmissionPolicyInput = {
  name: "nothing-new",
  description: "Nothing is made.",
  operations: ["CREATE"],
  resources: [{ group: "", versions: ["v1"], resources: ["pods"] }],
  validations: [{ holds: cel`false`, message: cel`'no'` }],
};

describe("a policy of the API server", () => {
  it("says everything that the API server would fill in", () =>
    expect(admissionPolicy(input)).toMatchObject([
      {
        kind: "ValidatingAdmissionPolicy",
        metadata: { annotations: { "kubernetes.io/description": "Nothing is made." } },
        spec: {
          failurePolicy: "Fail",
          matchConstraints: {
            matchPolicy: "Equivalent",
            namespaceSelector: {},
            objectSelector: {},
            resourceRules: [{ scope: "Namespaced", operations: ["CREATE"] }],
          },
          validations: [{ expression: "false", messageExpression: "'no'", reason: "Forbidden" }],
        },
      },
      { kind: "ValidatingAdmissionPolicyBinding", spec: { validationActions: ["Deny", "Audit"] } },
    ]));

  it("asks about some kinds at other operations than the rest", () => {
    const [policy] = admissionPolicy({
      ...input,
      operations: ["CONNECT"],
      resources: [
        { group: "", versions: ["v1"], resources: ["pods/exec"] },
        { group: "", versions: ["v1"], resources: ["pods/ephemeralcontainers"], operations: ["UPDATE"] },
      ],
    });
    expect(policy?.["spec"]).toMatchObject({
      matchConstraints: { resourceRules: [{ operations: ["CONNECT"] }, { operations: ["UPDATE"] }] },
    });
  });
});

describe("who sends a request", () => {
  const groups = "request.userInfo.groups.exists(group, group in ['admins'])";
  const users = "request.userInfo.username in ['ada']";
  it.each([
    [{ groups: ["admins"], users: [] }, groups],
    [{ groups: [], users: ["ada"] }, users],
    [{ groups: ["admins"], users: ["ada"] }, `(${groups}) || (${users})`],
  ])("%j is %s", (requesters, expression) => expect(isRequestedBy(requesters).expression).toBe(expression));
});
