import { hash } from "node:crypto";

/**
 * The id that a title gives: small letters, digits and hyphens. "Latency, p50 / p95" gives `latency-p50-p95`.
 */
export function logicalId(title: string): string {
  const id = title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  // A title without a single Latin letter still needs an id of its own.
  return id === "" ? `t${hash("sha256", title, "hex").slice(0, 12)}` : id;
}

/**
 * The number that Grafana knows a panel by, from its place in the model alone: a panel that is added or moved renumbers no other, so that links
 * to a panel stay and a diff shows only what changed. From 1 on: Grafana finds no panel 0 (grafana/grafana#15229).
 */
export function panelNumber(...path: readonly string[]): number {
  // Below 2^31: what a 32-bit integer of any reader holds.
  return (Number.parseInt(hash("sha256", path.join("/"), "hex").slice(0, 8), 16) % 0x7ffffffe) + 1;
}
