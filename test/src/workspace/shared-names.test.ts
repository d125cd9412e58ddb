import { plan } from "@plinth/core";
import { examplePlatform } from "@plinth/core/testing";
import { components } from "@plinth/gitops-render";
import { describe, expect, it } from "vitest";

// Packages that may not import each other name each other's objects: here the names meet.
const resources = plan(examplePlatform(), components).files.flatMap(({ resource }) => resource ?? []);

const namesOf = (kind: string): Set<string> =>
  new Set(resources.flatMap((resource) => (resource.kind === kind ? [resource.metadata.name] : [])));

/** What the objects of a kind and name say that looks like this. */
const namedIn = (kind: string, name: string, pattern: RegExp): readonly string[] => {
  const text = resources
    .filter((resource) => resource.kind === kind && resource.metadata.name === name)
    .map((resource) => JSON.stringify(resource))
    .join("\n");
  return [...new Set(text.match(pattern))].sort();
};

describe("what one package names of another's", () => {
  it("are PriorityClasses that there are", () => {
    const named = namedIn("MutatingPolicy", "default-priority-class", /\btier-[a-z]+\b/g);
    expect(named).not.toEqual([]);
    expect(named.filter((name) => !namesOf("PriorityClass").has(name))).toEqual([]);
  });

  it("are roles that there are", () => {
    const named = namedIn("ClusterRole", "policies-generate", /\bnamespace-(?:viewer|developer|admin)\b/g);
    expect(named).toHaveLength(3);
    expect(named.filter((name) => !namesOf("ClusterRole").has(name))).toEqual([]);
  });
});
