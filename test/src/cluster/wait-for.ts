import { setTimeout as sleep } from "node:timers/promises";
import { ClusterError } from "./cluster-error.ts";

/** How long to wait, and how often to look. */
export interface WaitOptions {
  /** Milliseconds until it counts as failed. @default 15000 */
  timeLimit?: number;
  /** Milliseconds between two looks. @default 50 */
  interval?: number;
}

/**
 * Looks again and again until there is something to see, and gives it back.
 *
 * @param what what is waited for, for the error: `the quota to be counted`
 * @param look gives `undefined` or `false` while it is not there
 * @throws ClusterError after the time limit; the errors of `look`, at once
 */
export async function waitFor<Value>(
  what: string,
  look: () => Promise<Value | undefined | false>,
  { timeLimit = 15_000, interval = 50 }: WaitOptions = {},
): Promise<Value> {
  const end = performance.now() + timeLimit;
  for (;;) {
    const value = await look();
    if (value !== undefined && value !== false) return value;
    if (performance.now() >= end)
      throw new ClusterError(`Waited ${(timeLimit / 1000).toLocaleString("en")} s for ${what}, in vain.`);
    await sleep(interval);
  }
}
