import type { AlertOverrideInput } from "@plinth/core";
import { describe, expect, test } from "vitest";
import { type Edit, modelEdits } from "../whole/model-edits.fixture.ts";

/** An alert does otherwise everywhere. */
function override(changes: Partial<AlertOverrideInput> & Pick<AlertOverrideInput, "alert">): Edit {
  const name = changes.alert.toLowerCase();
  return (input) => ({ ...input, alertOverrides: [{ name, because: "It is tried out.", ...changes }] });
}

const { told, unmirrored } = modelEdits("alert-rules");

const edits: readonly (readonly [name: string, edit: Edit, said: readonly string[]])[] = [
  [
    "a limit that is harder to reach",
    override({ alert: "NodeFilesystemAlmostFull", threshold: "5%" }),
    ["alert-less-sensitive (platform): NodeFilesystemAlmostFull fires below 5 %, not below 10 %: less sensitive"],
  ],
  [
    "a limit that is easier to reach",
    override({ alert: "NodeFilesystemAlmostFull", threshold: "25%" }),
    ["alert-more-sensitive (platform): NodeFilesystemAlmostFull fires below 25 %, not below 10 %: more sensitive"],
  ],
  [
    "an alert that waits longer",
    override({ alert: "NodeNotReady", for: "30m" }),
    ["alert-waits-longer (platform): NodeNotReady fires after 30 min, not after 10 min"],
  ],
  [
    "an alert that waits less",
    override({ alert: "NodeNotReady", for: "2m" }),
    ["alert-waits-less (platform): NodeNotReady fires after 2 min, not after 10 min"],
  ],
  [
    "an alert that is less urgent",
    override({ alert: "NodeNotReady", severity: "warning" }),
    ["alert-severity-lowered (platform): NodeNotReady is warning, not critical"],
  ],
  [
    "an alert that does not look at a namespace",
    override({ alert: "PodCrashLooping", excludedNamespaces: ["kube-system"] }),
    ["alert-narrowed: PodCrashLooping looks at every namespace but kube-system, not at every namespace"],
  ],
  [
    "an alert that pages is switched off",
    override({ alert: "NodeNotReady", off: true }),
    ["paging-alert-removed (platform): NodeNotReady is gone; it paged"],
  ],
  [
    "the alert that always fires is switched off",
    override({ alert: "Watchdog", off: true }),
    ["dead-mans-switch-removed (platform): Watchdog is gone"],
  ],
  [
    "runbooks lie elsewhere",
    (input) => ({ ...input, repository: { url: "https://git.example.com/shop/other" } }),
    ["alert-links-changed: many alerts lead to another runbook"],
  ],
];

describe("Consequences for alerts", () => {
  test.each(edits)("%s", (_, edit, said) => {
    expect(told(edit)).toEqual(said);
    expect(unmirrored(edit)).toEqual([]);
  });
});
