import { createHash } from "node:crypto";

const registry = "registry.example.com/astronomy-shop";

/** The release of the shop that is deployed. */
export const version = "2.1.3";

/** The image of a service or data store, by tag and digest. The digest belongs to no image: nothing here is ever pulled. */
export function imageOf(name: string): string {
  const digest = createHash("sha256").update(`${name}:${version}`).digest("hex");
  return `${registry}/${name}:${version}@sha256:${digest}`;
}
