import { describe, expect, test } from "vitest";
import type { ProbeFixture } from "../admission/container-fixture.ts";
import { disagreements } from "../admission/restatement.fixture.ts";
import { distinguishProbes as policy } from "./distinguish-probes.ts";

describe("distinguish-probes", () => {
  test("finds containers that are restarted no later than they are taken out of service", () => {
    expect(
      disagreements(policy, ({ spec }) => {
        return spec.containers.flatMap(({ name, livenessProbe, readinessProbe }) => {
          if (livenessProbe === undefined || readinessProbe === undefined) return [];
          const asks = ({ httpGet, tcpSocket, grpc, exec }: ProbeFixture): string =>
            JSON.stringify([httpGet, tcpSocket, grpc, exec]);
          const patience = ({ failureThreshold = 3, periodSeconds = 10 }: ProbeFixture): number =>
            failureThreshold * periodSeconds;
          return asks(livenessProbe) === asks(readinessProbe) && patience(livenessProbe) <= patience(readinessProbe)
            ? [`container ${name} has a livenessProbe that asks the same as its readinessProbe and gives up no later`]
            : [];
        });
      }),
    ).toEqual([]);
  });
});
