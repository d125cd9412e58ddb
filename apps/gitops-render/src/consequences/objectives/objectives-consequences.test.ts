import type { ServicePromiseInput } from "@plinth/core";
import { describe, expect, test } from "vitest";
import { type Edit, modelEdits, service } from "../whole/model-edits.fixture.ts";

function availability(objective: number): ServicePromiseInput {
  return { kind: "availability", objective };
}

function latency(below: string): ServicePromiseInput {
  return { kind: "latency", objective: 95, below };
}

const { told, unmirrored } = modelEdits("service-level-objectives", "otel-gateway-sampling");

const edits: readonly (readonly [name: string, edit: Edit, said: readonly string[]])[] = [
  [
    "a promise is loosened",
    service("checkout", { promises: [availability(99.5), latency("200ms")] }),
    [
      "objective-loosened (backend/checkout): objective availability goes from 99.9 % to 99.5 %: the budget grows from 43 min to 3 h 36 min in 30 days",
    ],
  ],
  [
    "a promise is tightened",
    service("checkout", { promises: [availability(99.95), latency("200ms")] }),
    [
      "objective-tightened (backend/checkout): objective availability goes from 99.9 % to 99.95 %: the budget shrinks from 43 min to 21 min in 30 days",
    ],
  ],
  [
    "slow is what takes longer",
    service("checkout", { promises: [availability(99.9), latency("500ms")] }),
    [
      "objective-limit-loosened (backend/checkout): objective latency counts as bad from 500 ms, not from 200 ms",
      "slow-traces-from-later (checkout): slow traces through checkout are all kept from 500 ms on, not from 200 ms on",
    ],
  ],
  [
    "slow is what takes less",
    service("checkout", { promises: [availability(99.9), latency("100ms")] }),
    [
      "objective-limit-tightened (backend/checkout): objective latency counts as bad from 100 ms, not from 200 ms",
      "slow-traces-from-sooner (checkout): slow traces through checkout are all kept from 100 ms on, not from 200 ms on",
    ],
  ],
  [
    "a promise is given up",
    service("checkout", { promises: [availability(99.9)] }),
    [
      "objective-removed (backend/checkout): objective latency is promised no more: it was 95 %, a budget of 1 d 12 h in 30 days",
      "slow-traces-from-later (checkout): slow traces through checkout are all kept from 2 s on, not from 200 ms on",
    ],
  ],
  [
    "something else is promised, too",
    service("mailer", { promises: [availability(99), { kind: "saturation", objective: 99, of: "memory", below: 90 }] }),
    ["objective-added (backend/mailer): objective saturation is promised: 99 %, a budget of 7 h 12 min in 30 days"],
  ],
];

describe("Consequences for objectives", () => {
  test.each(edits)("%s", (_, edit, said) => {
    expect(told(edit)).toEqual(said);
    expect(unmirrored(edit)).toEqual([]);
  });
});
