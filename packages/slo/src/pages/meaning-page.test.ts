import { examplePlatform } from "@plinth/core/testing";
import { describe, expect, it } from "vitest";
import { meaningPages } from "./meaning-page.ts";

describe("the page of what is promised", () => {
  const pages = meaningPages(examplePlatform(), { ownObjectives: true });
  const production = pages.find(({ path }) => path === "docs/slo/production.md")?.text ?? "";

  it("has a line for each promise, and leads from there to its dashboard", () =>
    expect(production).toMatch(
      /^\| checkout \| \[availability\]\(https:\/\/grafana\.\S+\/d\/slo-detail\?var-environment=production&var-service=checkout&var-slo=availability\) \|/m,
    ));

  it("leads from every promise to its own", () => {
    const found = production.matchAll(/^\| (\S+) \| \[(\S+)\]\((\S+)\) \|/gm);
    const lines = [...found].map(([, service = "", slo = "", url = ""]) => ({ service, slo, url }));
    expect(lines.length).toBeGreaterThan(1);
    for (const { service, slo, url } of lines) expect(url).toContain(`&var-service=${service}&var-slo=${slo}`);
  });
});
