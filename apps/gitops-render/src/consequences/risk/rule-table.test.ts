import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import type { ConsequenceRule } from "../rules/consequence-rule.ts";
import { consequenceRules } from "../rules/consequence-rules.ts";
import { risks } from "./consequence-risk.ts";
import { domains } from "./domains.ts";
import { ruleTables } from "./rule-table.ts";

const rules: Readonly<Record<string, ConsequenceRule>> = consequenceRules;
const page = resolve(import.meta.dirname, "../../../../../docs/diff.md");
const tablesOfPage = /(<!-- rules -->\n\n)[\s\S]*?(\n<!-- end of the rules -->)/;

describe("the rules", () => {
  it("have each a name of its own", async () => {
    const folder = resolve(import.meta.dirname, "../rules");
    const tables = await Promise.all(
      readdirSync(folder)
        .filter((file) => file.endsWith("-rules.ts") && file !== "consequence-rules.ts")
        .map(async (file): Promise<object> => import(resolve(folder, file))),
    );
    const names = tables.flatMap((table) => Object.values(table).flatMap((rulesOfTable) => Object.keys(rulesOfTable)));
    expect(names.toSorted()).toEqual(Object.keys(rules).toSorted());
  });

  it("are there", () => expect(Object.keys(rules).length).toBeGreaterThan(50));

  it.each(Object.entries(rules))(
    "%s has a mirror, whose mirror it is, of the same domain",
    (name, { mirror, domain }) => {
      expect(Object.keys(rules)).toContain(mirror);
      expect(rules[mirror]).toMatchObject({ mirror: name, domain });
    },
  );

  it.each(Object.entries(rules))("%s says what it means, how bad that is and who should look", (_, rule) => {
    expect(rule.meaning).toMatch(/^[A-Z0-9`].*\.$/);
    expect(rule.meaning).not.toContain("\n");
    expect(risks).toContain(rule.risk);
    expect(domains).toContain(rule.domain);
    expect(rule.reviewers).not.toEqual([]);
    expect(new Set(rule.reviewers).size).toBe(rule.reviewers.length);
  });

  it.each(Object.entries(rules))("%s is nowhere worse than where a person delivers", (_, { risk, elsewhere = risk }) =>
    expect(risks.indexOf(elsewhere)).toBeGreaterThanOrEqual(risks.indexOf(risk)),
  );

  // PLINTH_UPDATE_GOLDEN=1 npx vitest run rule-table
  it("stand in the documentation, each as it is", () => {
    const text = readFileSync(page, "utf8");
    const updated = text.replace(tablesOfPage, (_, start: string, end: string) => `${start}${ruleTables()}${end}`);
    if (process.env["PLINTH_UPDATE_GOLDEN"] === "1") writeFileSync(page, updated);
    expect(text).toMatch(tablesOfPage);
    expect(readFileSync(page, "utf8")).toBe(updated);
  });
});
