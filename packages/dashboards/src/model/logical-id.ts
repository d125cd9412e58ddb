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
