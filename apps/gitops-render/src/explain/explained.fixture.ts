import { type Component, environmentNamed, type Platform, plan } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { components } from "../components.ts";
import type { Explained } from "./explanation.ts";

const planned = new Map<Platform, ReturnType<typeof plan>["files"]>();

/** What is asked about in tests: an environment of the example platform, or of one that differs from it. */
export function explainedIn(
  environment: string,
  platform: Platform = examplePlatform(),
  made: readonly Component[] = components,
): Explained {
  const files = planned.get(platform) ?? plan(platform, made).files;
  planned.set(platform, files);
  return {
    platform,
    environment: environmentNamed(platform, environment),
    objects: files.flatMap(({ path, entry, resource }) =>
      resource !== undefined && (entry.environment ?? environment) === environment ? [{ path, entry, resource }] : [],
    ),
  };
}
