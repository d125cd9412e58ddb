import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { consequence } from "../../reports/report.fixture.ts";
import type { Consequence } from "../consequence.ts";
import { compareRisks } from "../risk/consequence-risk.ts";
import { type ConsequenceRuleName, consequenceRules } from "../rules/consequence-rules.ts";
import { type FoldedConsequence, foldConsequences, rate } from "./fold-consequences.ts";
import { environmentsInWords, ownersInWords } from "./told-of.ts";

const environments = ["development", "production", "staging"];
const fold = (...consequences: readonly Consequence[]): readonly FoldedConsequence[] =>
  foldConsequences(rate(consequences, new Set(["production"])), environments);
const sentences = (folded: readonly FoldedConsequence[]): readonly string[] =>
  folded.map((line) => `${line.environments.join("+")}: ${line.subject} ${line.text}`);

describe("what is told in one line", () => {
  it("is the same in several environments, with the worst of its risks", () => {
    const [line, ...others] = fold(...environments.map((environment) => consequence({ environment })));
    expect(others).toEqual([]);
    expect(line).toMatchObject({ environments, subject: "checkout → cart:8080", risk: "medium" });
    expect(line?.members.map(({ risk }) => risk)).toEqual(["low", "medium", "low"]);
  });

  it("is the same of several services, whose names become a word", () => {
    const services = ["ad", "cart", "quote"].map((service) =>
      consequence({
        service,
        subject: `HighErrorRate of ${service}`,
        text: `in team-backend fires for ${service}-pods`,
      }),
    );
    expect(sentences(fold(...services))).toEqual([
      "production: HighErrorRate of ‹service› in team-backend fires for ‹service›-pods",
    ]);
  });

  it("is the same of several teams, also where a service is called as its team is", () => {
    const teams = ["frontend", "data"].map((team) =>
      consequence({
        team,
        service: "frontend",
        subject: "frontend",
        text: `gain exec in team-${team}`,
      }),
    );
    expect(fold(...teams)).toHaveLength(1);
  });

  it("is not what differs in more than a name", () => {
    expect(fold(consequence({ text: "opens" }), consequence({ text: "closes" }))).toHaveLength(2);
    expect(fold(consequence({ subject: "a → b:80" }), consequence({ subject: "a → b:81" }))).toHaveLength(2);
    expect(fold(consequence(), consequence({ rule: "connection-closed-between-teams" }))).toHaveLength(2);
  });

  it("says of services together only what each has in each environment", () => {
    const of = (service: string, environment: string): Consequence =>
      consequence({ service, environment, subject: service });
    expect(sentences(fold(of("a", "staging"), of("b", "staging"), of("c", "staging"), of("c", "production")))).toEqual([
      "production+staging: c opens",
      "staging: ‹service› opens",
    ]);
  });

  it("does not take a name for one inside another word", () =>
    expect(sentences(fold(consequence({ service: "ad", subject: "read ad reads", environment: "staging" })))).toEqual([
      "staging: read ad reads opens",
    ]));

  it("has the details of all: once where they are alike, with their place where they are not", () => {
    const of = (environment: string, ...details: readonly string[]): Consequence =>
      consequence({ environment, details });
    expect(fold(of("staging", "in staging"), of("production", "in production"))[0]?.details).toEqual([
      "in ‹environment›",
    ]);
    expect(fold(of("staging", "3 pods"), of("production", "9 pods"))[0]?.details).toEqual([
      "staging, backend: 3 pods",
      "production, backend: 9 pods",
    ]);
  });
});

describe("the order", () => {
  it("is by risk, then by domain, then by subject", () => {
    const lines = fold(
      consequence({ subject: "z" }),
      consequence({ subject: "a" }),
      consequence({ rule: "data-lost" }),
      consequence({ rule: "permission-gained-escalating" }),
      consequence({ rule: "dashboard-look-changed" }),
    );
    expect(lines.map(({ rule, subject }) => `${rule} ${subject}`)).toEqual([
      "data-lost checkout → cart:8080",
      "permission-gained-escalating checkout → cart:8080",
      "connection-opened-between-teams a",
      "connection-opened-between-teams z",
      "dashboard-look-changed checkout → cart:8080",
    ]);
  });
});

const ruleNames = Object.keys(consequenceRules).filter((name): name is ConsequenceRuleName => name in consequenceRules);
const name = fc.constantFrom("ad", "cart", "frontend", "data", "a.b", "x-y");
const someConsequence = fc
  .record({
    rule: fc.constantFrom(...ruleNames.slice(0, 5)),
    environment: fc.constantFrom(...environments),
    team: name,
    service: name,
    subject: fc.array(fc.oneof(name, fc.constantFrom(" ", "-", "team-", "→", ":80")), { maxLength: 5 }),
    text: fc.constantFrom("opens", "closes"),
    details: fc.array(name, { maxLength: 2 }),
  })
  .map(({ subject, ...rest }) => consequence({ ...rest, subject: subject.join("") }));

describe("folding", () => {
  it("loses nothing, says nothing twice, and tells the worst risk", () => {
    fc.assert(
      fc.property(fc.array(someConsequence, { maxLength: 40 }), (consequences) => {
        const rated = rate(consequences, new Set(["production"]));
        const folded = foldConsequences(rated, environments);
        const unfolded = folded.flatMap(({ members }) => members);
        expect(unfolded).toHaveLength(rated.length);
        expect(new Set(unfolded)).toEqual(new Set(rated));
        for (const { risk, members } of folded)
          expect(Math.min(...members.map((member) => compareRisks(member.risk, risk)))).toBe(0);
        const told = folded.map(({ risk }) => risk);
        expect(told).toEqual(told.toSorted(compareRisks));
      }),
    );
  });

  it("gives the same for any order of what goes in", () => {
    fc.assert(
      fc.property(fc.array(someConsequence, { maxLength: 20 }), (consequences) => {
        const one = sentences(fold(...consequences));
        expect(sentences(fold(...consequences.toReversed())).toSorted()).toEqual(one.toSorted());
      }),
    );
  });

  it("a line of one service, in one environment, is its own words", () => {
    fc.assert(
      fc.property(someConsequence, (one) => {
        expect(fold(one)).toMatchObject([{ subject: one.subject, text: one.text, details: one.details }]);
      }),
    );
  });
});

describe("the words", () => {
  it("name environments as a person does", () => {
    expect(environmentsInWords(["production"], environments)).toBe("production");
    expect(environmentsInWords(["development", "staging"], environments)).toBe("development and staging");
    expect(environmentsInWords(environments, environments)).toBe("all environments");
    expect(environmentsInWords(["production"], ["production"])).toBe("production");
  });

  it("say whose it is where the sentence does not", () => {
    const of = (...services: readonly string[]): string =>
      ownersInWords(
        services.map((service, place) => ({ service, team: `team-${place % 2}` })),
        "checkout → cart:8080 opens",
      );
    expect(of("cart")).toBe("");
    expect(of("quote")).toBe("quote");
    expect(of("quote", "cart")).toBe("cart and quote");
    expect(of("a", "b", "c", "d", "e")).toBe("5 services of 2 teams");
    expect(ownersInWords([{ team: "a" }, { team: "b" }], "")).toBe("2 teams");
    expect(ownersInWords([{ team: "a" }], "")).toBe("");
  });
});
