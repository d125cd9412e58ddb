import { examplePlatform } from "@plinth/core/testing";
import { printPromqlLine } from "@plinth/metrics";
import { describe, expect, it } from "vitest";
import { receiversOfAlert } from "../routing/receivers-of-alert.ts";
import { watchdog } from "./watchdog.ts";

const platform = examplePlatform();

describe("Watchdog", () => {
  it("fires whatever happens", () => {
    expect(printPromqlLine(watchdog.expr)).toBe("vector(1)");
    expect(watchdog.for).toBe("0s");
  });

  it("reaches the dead man's switch in every environment", () => {
    for (const environment of platform.environments)
      expect(receiversOfAlert(platform, environment, watchdog, {})).toEqual(["watchdog"]);
  });
});
