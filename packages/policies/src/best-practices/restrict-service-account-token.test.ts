import { listAt } from "@plinth/core";
import { examplePlatform, examplePlatformInput } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { policyIn } from "../admission/policy.ts";
import { disagreements } from "../admission/restatement.fixture.ts";
import { restrictServiceAccountToken as policy } from "./restrict-service-account-token.ts";

describe("restrict-service-account-token", () => {
  test("finds tokens that are mounted, by the pod or by the API server, into pods of other accounts", () => {
    expect(
      disagreements(policy, ({ spec }, parameters) => {
        const { serviceAccountName = "default", automountServiceAccountToken = false, volumes = [] } = spec;
        const mounted = automountServiceAccountToken || volumes.some(({ name }) => name.startsWith("kube-api-access-"));
        const allowed = listAt({ accounts: parameters("accounts") }, "accounts").includes(serviceAccountName);
        return mounted && !allowed ? [`the token of the ServiceAccount ${serviceAccountName} is mounted`] : [];
      }),
    ).toEqual([]);
  });

  test("knows from the model which services talk to the API server", () => {
    const services = examplePlatformInput().services.map((service) =>
      service.name === "mailer" ? { ...service, kubernetesApi: { leaderElection: true } } : service,
    );
    const platform = examplePlatform({ services });
    const [environment] = platform.environments;
    if (environment === undefined) throw new Error("the example has environments");
    expect(policyIn(policy, platform, environment)?.parameters["accounts"]?.value).toEqual(["mailer"]);
  });
});
