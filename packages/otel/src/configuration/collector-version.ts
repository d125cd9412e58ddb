/** A release line of the collector and its contrib components: `0.158`. */
export type CollectorVersion = `0.${number}`;

/** The release that is meant when none is said. */
export const defaultCollectorVersion: CollectorVersion = "0.158";

/** True when `version` is the release `since` or a later one. */
export function isSince(version: CollectorVersion, since: CollectorVersion): boolean {
  return minorOf(version) >= minorOf(since);
}

function minorOf(version: CollectorVersion): number {
  return Number(version.slice("0.".length));
}
