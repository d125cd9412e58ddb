import type { Finding } from "@plinth/core";

/** A finding about the test cluster itself: it does not do what the judges count on. */
export function shortfall(message: string, expected: string): Finding {
  return { code: "tool-failed", severity: "error", message, expected };
}

/** No finding when it holds, else the one that says what does not. */
export function expectThat(holds: boolean, message: string, expected: string): Finding[] {
  return holds ? [] : [shortfall(message, expected)];
}
