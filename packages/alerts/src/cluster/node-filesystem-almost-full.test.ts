import { environmentNamed } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import type { Alert } from "../alert/alert.ts";
import type { LabelSet } from "../labels/label-set.ts";
import { receiversOfAlert } from "../routing/receivers-of-alert.ts";
import { nodeFilesystemAlmostFull } from "./node-filesystem-almost-full.ts";

const platform = examplePlatform();
const told = (alert: Alert, labels: LabelSet): readonly string[] =>
  receiversOfAlert(platform, environmentNamed(platform, "production"), alert, labels);

describe("NodeFilesystemAlmostFull", () => {
  it("is about one file system of one node", () => {
    expect(nodeFilesystemAlmostFull.labels).toEqual(["instance", "device", "mountpoint"]);
  });

  it("looks at disks that can be written, not at memory", () => {
    expect(nodeFilesystemAlmostFull.quiet.map(({ name }) => name)).toEqual([
      "a little more is left",
      "the file system is read-only",
      "it is memory",
    ]);
  });

  it("says in the chat of whoever runs the platform how much is left", () => {
    expect(nodeFilesystemAlmostFull.description).toContain("{{ $value | humanizePercentage }} of its space left");
    expect(told(nodeFilesystemAlmostFull, { instance: "a", device: "b", mountpoint: "/" })).toEqual(["platform-chat"]);
  });
});
