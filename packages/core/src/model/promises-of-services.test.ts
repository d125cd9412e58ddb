import { describe, expect, it } from "vitest";
import { examplePlatformInput } from "../testing.ts";
import { buildPlatform } from "./build-platform.ts";
import { definePlatform } from "./define.ts";
import type { PromisesOfService } from "./promises-of-services.ts";

const source = { file: "services/mailer/slo.yaml" };
const promised = (service: string): PromisesOfService => ({
  service,
  promises: [{ kind: "availability", objective: 99.5 }],
  source,
});
const input = examplePlatformInput();
const services = input.services.map(({ promises: _, ...service }) => service);
const build = (...promises: readonly PromisesOfService[]): ReturnType<typeof buildPlatform> =>
  buildPlatform(definePlatform({ ...input, services }), { promises });

describe("promises that a file makes for a service", () => {
  it("are the service's own", () => {
    const { platform, findings } = build(promised("mailer"));
    expect(findings).toEqual([]);
    expect(platform?.services.find(({ name }) => name === "mailer")?.promises).toMatchObject([
      { kind: "availability", objective: 99.5 },
    ]);
  });

  it("are added up where several files make them", () => {
    const second = { ...promised("mailer"), promises: [{ kind: "latency", objective: 95, below: "1s" } as const] };
    expect(
      build(promised("mailer"), second)
        .platform?.services.find(({ name }) => name === "mailer")
        ?.promises?.map(({ kind }) => kind),
    ).toEqual(["availability", "latency"]);
  });

  it("are for a service that is there, and says nothing else itself", () => {
    expect(build(promised("mailr")).findings).toMatchObject([
      { code: "unknown-reference", source, hint: "did you mean mailer?" },
    ]);
    const twice = buildPlatform(
      definePlatform({
        ...input,
        services: services.map((service) =>
          service.name === "mailer"
            ? { ...service, promises: [{ kind: "availability", objective: 99 } as const] }
            : service,
        ),
      }),
      { promises: [promised("mailer")] },
    );
    expect(twice.findings).toMatchObject([{ code: "conflicting-fields", path: "services[mailer].promises", source }]);
  });
});
