import { type ApplicationComponent, type Component, plan } from "@plinth/core";
import { examplePlatform, examplePlatformInput } from "@plinth/core/testing";
import { describe, expect, test } from "vitest";
import { dataStoreNetwork } from "../network/data-store-network.ts";
import { networkBaseline } from "../network/network-baseline.ts";
import { networkPolicy } from "../network/network-policy.ts";
import { podsIn } from "../network/peer.ts";
import { allow, tcp } from "../network/rule.ts";
import { serviceNetwork } from "../network/service-network.ts";
import { networkReview } from "./network-review.ts";
import { remembered } from "./remembered.ts";

const components: readonly Component[] = [networkBaseline, serviceNetwork, dataStoreNetwork];
const platform = examplePlatform();

/** A component that opens a door, as a person might by hand. */
const door: ApplicationComponent = {
  name: "door",
  layer: "application",
  perTeam: (_, environment, { namespace }) =>
    environment.name === "production" && namespace === "team-backend"
      ? [
          networkPolicy({
            name: "door",
            namespace,
            pods: { labels: { "app.kubernetes.io/name": "checkout" } },
            ingress: allow([podsIn("kyverno", { "app.kubernetes.io/name": "kyverno" })], [tcp(5050)]),
          }),
        ]
      : [],
};

const teamFindings = (reviewed: readonly Component[]): readonly string[] =>
  (networkReview(reviewed).check?.(platform, {}) ?? [])
    .map(({ message }) => message)
    // What the platform's own components are declared to need is rendered by a component of its own.
    .filter((message) => message.includes("team-"));

describe("a review", () => {
  test("finds nothing in what is rendered from the model", () => {
    expect(teamFindings(components)).toEqual([]);
  });

  test("finds a door, and says in which environment and through which rule", () => {
    expect(teamFindings([...components, door])).toEqual([
      "production: kyverno/kyverno → team-backend/checkout TCP 5050 is open and nothing declares it",
    ]);
  });

  test("finds a component that is left out", () => {
    const messages = teamFindings([networkBaseline, dataStoreNetwork]);
    expect(messages).toContain(
      "production: team-frontend/frontend → team-backend/checkout TCP 5050 is declared and refused",
    );
  });

  test("leaves the word to a component that refuses the platform itself", () => {
    const refusing: Component = {
      ...door,
      check: () => [{ code: "invalid-field", severity: "error", message: "refused" }],
    };
    expect(teamFindings([networkBaseline, refusing])).toEqual([]);
  });

  test("writes a page for each environment", () => {
    const { files } = plan(platform, [networkReview(components)]);
    expect(files.map(({ path }) => path)).toEqual(["docs/network/development.md", "docs/network/production.md"]);
    expect(files[0]?.text()).toContain("# Who may talk to whom: development");
  });

  test("renders nothing a second time where components remember", () => {
    const asked: string[] = [];
    const counting: Component = {
      ...door,
      perTeam: (of, environment, team) => {
        asked.push(`${environment.name} ${team.name}`);
        return door.perTeam?.(of, environment, team) ?? [];
      },
    };
    const network = [...components, counting].map(remembered);
    const { files } = plan(platform, [...network, networkReview(network)]);
    expect(asked.toSorted()).toEqual([...new Set(asked)].toSorted());
    expect(asked).toHaveLength(platform.environments.length * platform.teams.length);
    expect(files.map(({ path, text }) => [path, text()])).toEqual(
      plan(platform, [...components, door, networkReview([...components, door])]).files.map(({ path, text }) => [
        path,
        text(),
      ]),
    );
    plan(examplePlatform(), network);
    expect(asked).toHaveLength(2 * platform.environments.length * platform.teams.length);
  });

  test("reads each platform anew", () => {
    const review = networkReview(components);
    const page = (of: typeof platform): string | undefined => review.documents?.(of)[0]?.text;
    const calling = examplePlatform({
      services: examplePlatformInput().services.map((service) =>
        service.name === "mailer" ? { ...service, calls: ["checkout"] } : service,
      ),
    });
    expect(page(platform)).toBe(page(examplePlatform()));
    expect(page(calling)).not.toBe(page(platform));
  });
});
