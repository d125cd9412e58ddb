import { except, type Resource } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { policyComponents } from "@plinth/policies";
import { describe, expect, it } from "vitest";
import { explainAlert } from "./explain-alert.ts";
import { explainCan } from "./explain-can.ts";
import { explainNetwork } from "./explain-network.ts";
import { explainPolicy } from "./explain-policy.ts";
import { explainResource } from "./explain-resource.ts";
import { explainedIn } from "./explained.fixture.ts";

const platform = examplePlatform();
const development = explainedIn("development", platform);
const production = explainedIn("production", platform);

describe("whether somebody may", () => {
  const question = {
    subject: "group:backend-developers",
    verb: "create",
    resource: "pods/exec",
    namespace: "team-backend",
  };

  it("is told with the binding, the role and the rule, and their files", () =>
    expect(explainCan(development, question)).toMatchObject({
      answer: "yes",
      summary: "the group backend-developers may create pods/exec in team-backend of development",
      reasons: [
        "by rbac.authorization.k8s.io/v1/RoleBinding team-backend/namespace-developer",
        "which gives rbac.authorization.k8s.io/v1/ClusterRole namespace-developer",
        expect.stringContaining("pods/exec"),
      ],
      places: [{ component: "team-access" }, { component: "namespace-roles" }],
    }));

  it("differs by environment", () =>
    expect(explainCan(production, question)).toMatchObject({ answer: "no", places: [] }));

  it("names the namespaces in which they may", () =>
    expect(explainCan(development, { ...question, namespace: "team-frontend" })).toMatchObject({
      answer: "no",
      reasons: expect.arrayContaining(["they may in team-backend"]),
    }));

  it("reads API groups, subresources and names as kubectl does", () => {
    const scale = {
      subject: "backend-developers",
      verb: "patch",
      resource: "deployments.apps/scale",
      namespace: "team-backend",
    };
    expect(explainCan(development, scale)).toMatchObject({ answer: "yes" });
    expect(explainCan(development, { ...scale, resource: "deployments/scale" })).toMatchObject({ answer: "no" });
  });

  it("knows a service account by its namespace, and a group whose name has a colon", () => {
    expect(
      explainCan(production, { subject: "serviceaccount:team-backend/checkout", verb: "get", resource: "secrets" }),
    ).toMatchObject({ answer: "no", summary: expect.stringContaining("the service account team-backend/checkout") });
    expect(explainCan(production, { subject: "system:masters", verb: "get", resource: "secrets" })).toMatchObject({
      answer: "yes",
    });
  });

  it("asks whether another name was meant where no binding names anybody so", () =>
    expect(explainCan(development, { ...question, subject: "backend-developer" })).toMatchObject({
      reasons: expect.arrayContaining([
        "no binding names the group backend-developer; did you mean backend-developers?",
      ]),
    }));

  it.each(["", "serviceaccount:checkout", "serviceaccount:/checkout"])("refuses %j, which names nobody", (subject) =>
    expect(explainCan(development, { ...question, subject })).toMatchObject({
      problem: `${JSON.stringify(subject)} is nobody`,
    }),
  );
});

describe("whether a connection is open", () => {
  it("is told with the rules of both sides", () =>
    expect(explainNetwork(production, { from: "frontend", to: "team-backend/checkout", port: "5050" })).toMatchObject({
      answer: "yes",
      summary: "team-frontend/frontend → team-backend/checkout TCP 5050: allowed in production",
      reasons: [expect.stringMatching(/^out of .* allowed by/), expect.stringMatching(/^into .* allowed by/)],
      places: expect.arrayContaining([expect.objectContaining({ component: "service-network" })]),
    }));

  it("is told with what comes nearest where it is closed", () =>
    expect(explainNetwork(production, { from: "frontend", to: "checkout", port: "5051" })).toMatchObject({
      answer: "no",
      reasons: expect.arrayContaining([expect.stringContaining("on TCP 5050 instead of TCP 5051")]),
    }));

  it.each([
    ["a port that is none", { from: "frontend", to: "checkout", port: "http" }, '"http" is no port'],
    ["a port beyond all", { from: "frontend", to: "checkout", port: "70000" }, '"70000" is no port'],
    ["a service that is not there", { from: "frontend", to: "chekout", port: "5050" }, "no workload of this cluster"],
    ["two addresses", { from: "10.0.0.1", to: "10.0.0.2", port: "53/udp" }, "judged by no policy"],
  ])("cannot be told of %s", (_, question, problem) =>
    expect(explainNetwork(production, question)).toMatchObject({ problem: expect.stringContaining(problem) }),
  );
});

describe("who is told of an alert", () => {
  it("follows from what its rule says of itself", () =>
    expect(explainAlert(production, { labels: { alertname: "HighErrorRate", service: "checkout" } })).toMatchObject({
      answer: "told",
      summary: expect.stringMatching(/^HighErrorRate in production goes to backend-/),
      places: [{ component: "alert-rules" }],
    }));

  it("names what holds it back", () => {
    const labels = { alertname: "PodNotReady", namespace: "team-backend" };
    const node = { alertname: "Anything", severity: "critical", namespace: "team-backend" };
    const quiet = explainAlert(production, {
      labels: { ...labels, severity: "warning" },
      firing: [{ ...node, alertname: "PodNotReady" }],
    });
    expect(quiet).toMatchObject({
      summary: expect.stringContaining("nobody is told"),
      reasons: expect.arrayContaining([expect.stringContaining("held back by")]),
    });
  });

  it("says which labels its rules have where those that were said fit none", () =>
    expect(explainAlert(production, { labels: { alertname: "HighErrorRate", service: "nothing" } })).toMatchObject({
      problem: "HighErrorRate has no rule with these labels in production",
    }));

  it("takes an alert that Plinth does not render as it is described", () =>
    expect(
      explainAlert(production, { labels: { alertname: "Homemade", severity: "critical", team: "backend" } }),
    ).toMatchObject({
      summary: expect.stringMatching(/^Homemade in production goes to backend-/),
      places: [],
    }));
});

const pod: Resource = {
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name: "cart", namespace: "team-backend" },
  spec: {
    containers: [{ name: "app", image: "nginx:latest" }],
    volumes: [{ name: "logs", hostPath: { path: "/var/log" } }],
  },
};

describe("what policies say of a manifest", () => {
  it("is told with each policy's words and its file", () => {
    const explanation = explainPolicy(production, pod, { today: "2026-11-22" });
    expect(explanation).toMatchObject({ answer: "no", summary: expect.stringContaining("production refuses v1/Pod") });
    expect(explanation.reasons.join("\n")).toMatch(/^refuses: disallow-host-path/m);
    expect(explanation.places.map(({ file }) => file)).toContainEqual(expect.stringContaining("disallow-host-path"));
  });

  it("goes to the namespace that is said where the manifest says none", () => {
    const { namespace: _, ...metadata } = pod.metadata;
    const nowhere = { ...pod, metadata };
    expect(explainPolicy(production, nowhere, { today: "2026-11-22", namespace: "team-backend" }).answer).toBe("no");
  });

  it("lets pass what an exception is for, until it ends", () => {
    const excepted = explainedIn(
      "production",
      examplePlatform({
        policyExceptions: [
          except("disallow-host-path", {
            for: { team: "backend", resource: { kind: "Pod", name: "cart" } },
            because: "It reads the logs of the node.",
            ticket: "SEC-212",
            approvedBy: "platform",
            owner: "backend",
            until: "2027-03-31",
          }),
        ],
      }),
      policyComponents,
    );
    const said = (today: string) => explainPolicy(excepted, pod, { today }).reasons.join("\n");
    expect(said("2027-03-31")).toMatch(/until 2027-03-31: It reads the logs of the node/);
    expect(said("2027-04-01")).toMatch(/^refuses: disallow-host-path/m);
  });
});

describe("what makes an object", () => {
  it.each([
    "networkpolicy/team-backend/checkout-ingress",
    "rendered/application/production/backend/checkout/networkpolicy-checkout-ingress.yaml",
    "application/production/backend/checkout/networkpolicy-checkout-ingress.yaml",
  ])("is told of %s", (asked) =>
    expect(explainResource(production, asked, "rendered")).toMatchObject({
      summary: expect.stringContaining("made by the component service-network"),
      reasons: ["for the service checkout", "of the team backend", "of the environment production"],
    }),
  );

  it("offers the nearest where there is none", () =>
    expect(explainResource(production, "networkpolicy/team-backend/checkout-ingres", "rendered")).toMatchObject({
      example: "networkpolicy/team-backend/checkout-ingress",
    }));
});
