import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ObjectChange, TreeObject } from "../comparison/tree-comparison.ts";
import type { Consequence } from "../consequences/consequence.ts";
import { buildReport } from "./build-report.ts";
import { diffReportSchema } from "./json/diff-report-schema.ts";
import { schemaProblems } from "./json/schema-problems.fixture.ts";
import { printReport } from "./print-report.ts";
import {
  application,
  comparisonOf,
  consequence,
  type Files,
  networkPolicy,
  policyPath,
  reportOf,
} from "./report.fixture.ts";
import { noFilter } from "./report-filter.ts";
import { reportFormats } from "./report-format.ts";

const environments = ["production", "staging"];
const services = ["cart", "checkout"];
const delivery: Files = { ...application("production", false), ...application("staging", true) };
const policies = (port: number): Files => ({
  ...delivery,
  ...Object.fromEntries(
    environments.flatMap((environment) =>
      services.map((service) => [policyPath(environment, service), networkPolicy(service, port)]),
    ),
  ),
});
const opened: readonly Consequence[] = environments.flatMap((environment) =>
  services.map((service) =>
    consequence({
      environment,
      service,
      subject: `frontend → ${service}:8081`,
      details: [`NetworkPolicy ${service}-ingress`],
      objects: [`networking.k8s.io/NetworkPolicy/team-backend/${service}-ingress`],
      files: [policyPath(environment, service)],
    }),
  ),
);
const configMap = (
  name: string,
  data: string,
  path = `application/staging/backend/cart/configmap-${name}.yaml`,
): Files => ({
  [path]: `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name}, namespace: team-backend }\ndata: ${data}\n`,
});
const report = reportOf(
  { ...policies(8080), ...configMap("shop", "{ a: b }") },
  { ...policies(8081), ...configMap("shop", "{ a: c }") },
  opened,
);
const texts = (...parameters: Parameters<typeof printReport>): string => printReport(...parameters).join("\n");

describe("a report", () => {
  it("is read in a terminal as lines, the worst first", () => {
    expect(`\n${texts(report, "terminal")}\n`).toMatchInlineSnapshot(`
      "
      medium    all  network  frontend → ‹service›:8081 opens (cart and checkout)   platform/services/backend.ts → ask backend
      -              other    1 object changed in ways that no rule speaks of:
      -              other      ConfigMap: 1 changed (team-backend/shop)
        origin/main → rendered: 1 medium; 5 objects changed
      "
    `);
  });

  it("fits into the columns of a terminal, and shows more when asked", () => {
    expect(`\n${texts(report, "terminal", { look: { width: 92, details: true } })}\n`).toMatchInlineSnapshot(`
      "
      medium    all  network  frontend → ‹service›:8081 opens (cart and checkout)
                              platform/services/backend.ts → ask backend
                              · NetworkPolicy ‹service›-ingress
      -              other    1 object changed in ways that no rule speaks of:
      -              other      ConfigMap: 1 changed (team-backend/shop)

      changed ConfigMap team-backend/shop (staging)
        @@ data.a @@
        - b
        + c

      changed NetworkPolicy team-backend/cart-ingress, team-backend/checkout-ingress (service-network, all environments)
        @@ spec.ingress[ports: TCP 8081].ports[8081].port @@
        - 8080
        + 8081
        origin/main → rendered: 1 medium; 5 objects changed
      "
    `);
  });

  it("is read in a pull request as Markdown, the summary first", () => {
    expect(
      `\n${texts(report, "markdown", { link: "https://git.example.com/blob/main/rendered/" })}\n`,
    ).toMatchInlineSnapshot(`
      "
      <!-- gitops-render diff -->
      ## What changes: origin/main → rendered

      **1 medium**, by domain:

      |  | critical | high | medium | low | none |
      | --- | --- | --- | --- | --- | --- |
      | network |  |  | 1 |  |  |

      Should look: **backend** (1 medium).

      5 objects changed; of 1 of them no rule speaks.

      ### network: 1 medium

      **medium** · all environments · frontend → ‹service›:8081 opens (cart and checkout) · ask backend · \`platform/services/backend.ts\`

      <details><summary>1 detail, 4 files</summary>

      - services: cart, checkout
      - NetworkPolicy ‹service›-ingress
      - [\`application/production/backend/cart/networkpolicy-cart-ingress.yaml\`](<https://git.example.com/blob/main/rendered/application/production/backend/cart/networkpolicy-cart-ingress.yaml>)
      - [\`application/production/backend/checkout/networkpolicy-checkout-ingress.yaml\`](<https://git.example.com/blob/main/rendered/application/production/backend/checkout/networkpolicy-checkout-ingress.yaml>)
      - [\`application/staging/backend/cart/networkpolicy-cart-ingress.yaml\`](<https://git.example.com/blob/main/rendered/application/staging/backend/cart/networkpolicy-cart-ingress.yaml>)
      - [\`application/staging/backend/checkout/networkpolicy-checkout-ingress.yaml\`](<https://git.example.com/blob/main/rendered/application/staging/backend/checkout/networkpolicy-checkout-ingress.yaml>)

      </details>

      ### Objects of which no rule speaks

      <details><summary>changed <code>ConfigMap</code> <code>team-backend/shop</code> · staging</summary>

      - [\`application/staging/backend/cart/configmap-shop.yaml\`](<https://git.example.com/blob/main/rendered/application/staging/backend/cart/configmap-shop.yaml>)

      \`\`\`diff
      @@ data.a @@
      - b
      + c
      \`\`\`

      </details>

      ### Objects of the consequences above

      <details><summary>changed <code>NetworkPolicy</code> <code>team-backend/cart-ingress, team-backend/checkout-ingress</code> · all environments · service-network · 4 objects</summary>

      - [\`application/production/backend/cart/networkpolicy-cart-ingress.yaml\`](<https://git.example.com/blob/main/rendered/application/production/backend/cart/networkpolicy-cart-ingress.yaml>)
      - [\`application/production/backend/checkout/networkpolicy-checkout-ingress.yaml\`](<https://git.example.com/blob/main/rendered/application/production/backend/checkout/networkpolicy-checkout-ingress.yaml>)
      - [\`application/staging/backend/cart/networkpolicy-cart-ingress.yaml\`](<https://git.example.com/blob/main/rendered/application/staging/backend/cart/networkpolicy-cart-ingress.yaml>)
      - [\`application/staging/backend/checkout/networkpolicy-checkout-ingress.yaml\`](<https://git.example.com/blob/main/rendered/application/staging/backend/checkout/networkpolicy-checkout-ingress.yaml>)

      \`\`\`diff
      @@ spec.ingress[ports: TCP 8081].ports[8081].port @@
      - 8080
      + 8081
      \`\`\`

      </details>

      "
    `);
  });

  it("is read by programs as JSON of a shape that a schema says", () => {
    const parsed: unknown = JSON.parse(texts(report, "json"));
    expect(parsed).toEqual(report);
    expect(schemaProblems(parsed, diffReportSchema)).toEqual([]);
    expect(schemaProblems({ ...report, version: 2, more: 1 }, diffReportSchema)).toEqual([
      "$.version: not 1",
      "$.more: unknown",
    ]);
  });

  it("is read by code scanning as SARIF: at the file that a person edits, the same in every run", () => {
    expect(JSON.parse(texts(report, "sarif"))).toMatchObject({
      version: "2.1.0",
      runs: [
        {
          tool: {
            driver: { rules: [{ id: "connection-opened-between-teams", defaultConfiguration: { level: "warning" } }] },
          },
          results: [
            {
              ruleId: "connection-opened-between-teams",
              ruleIndex: 0,
              level: "warning",
              message: { text: expect.stringContaining("frontend → ‹service›:8081 opens") },
              locations: [{ physicalLocation: { artifactLocation: { uri: "platform/services/backend.ts" } } }],
              relatedLocations: expect.arrayContaining([
                expect.objectContaining({
                  physicalLocation: expect.objectContaining({
                    artifactLocation: { uri: `rendered/${policyPath("staging", "cart")}`, uriBaseId: "%SRCROOT%" },
                  }),
                }),
              ]),
              partialFingerprints: { "consequence/v1": report.consequences[0]?.fingerprint },
            },
          ],
        },
      ],
    });
  });

  it("is read as checks in JUnit: a suite for each domain and environment, failed from a risk on", () => {
    const xml = texts(report, "junit", { failOn: "medium" });
    expect(
      xml
        .match(/<testsuite [^>]*name="[^"]*"[^>]*failures="\d"/g)
        ?.map((suite) => suite.replace(/timestamp.*? tests/, "tests")),
    ).toEqual([
      '<testsuite package="network in production" id="0" name="network in production" tests="2" errors="0" failures="2"',
      '<testsuite package="network in staging" id="1" name="network in staging" tests="2" errors="0" failures="0"',
    ]);
    expect(xml).toContain('<failure message="medium: frontend → cart:8081 opens');
    expect(texts(report, "junit")).not.toContain("<failure");
  });

  it("of the same two trees is that nothing changes, in each format", () => {
    const nothing = reportOf(policies(8080), policies(8080));
    expect(texts(nothing, "terminal")).toBe("origin/main and rendered say the same: nothing changes.");
    expect(texts(nothing, "markdown")).toContain("Both sides say the same: nothing changes.");
    expect(JSON.parse(texts(nothing, "json"))).toMatchObject({ consequences: [], objects: [], generatedOnly: [] });
    expect(JSON.parse(texts(nothing, "sarif"))).toMatchObject({ runs: [{ results: [] }] });
    expect(texts(nothing, "junit", { failOn: "low" })).toContain('<testcase name="no consequence"');
  });

  it("names in Markdown the pages that differ, with a way to those that are there", () => {
    const text = texts(reportOf({ "docs/a.md": "a\n", "docs/b.md": "b\n" }, { "docs/b.md": "b\nc\n" }), "markdown", {
      link: "https://git.example.com/",
    });
    expect(text).toContain("- removed `docs/a.md` (+0 −1)");
    expect(text).toContain("- changed [`docs/b.md`](<https://git.example.com/docs/b.md>) (+1 −0)");
  });

  it("says what no rule speaks of, what moved, and what only looks different", () => {
    const text = texts(
      reportOf(
        {
          ...configMap("a", "{ x: y }"),
          ...configMap("b", "{ x: y }"),
          ...configMap("c", "{ x: y, z: w }"),
          "README.md": "a\n",
        },
        {
          ...configMap("a", "{ x: z }"),
          ...configMap("b", "{ x: y }", "application/staging/backend/quote/configmap-b.yaml"),
          ...configMap("c", "{ z: w, x: y }"),
          "README.md": "a\nb\n",
        },
      ),
      "terminal",
    );
    expect(text).toContain("1 object changed in ways that no rule speaks of:");
    expect(text).toContain("ConfigMap: 1 changed (team-backend/a)");
    expect(text).toContain("1 object moved to another file, unchanged");
    expect(text).toContain("1 page or other file differs: 1 lines more, 0 less");
    expect(text).toContain("1 file differs in generated labels, comments or formatting only");
  });
});

describe("a filter", () => {
  const filtered = (filter: Partial<typeof noFilter> & { risk?: "high" }): string =>
    texts(reportOf(policies(8080), policies(8081), opened, { ...noFilter, ...filter }), "terminal");

  it("says how much it hides", () => {
    expect(filtered({ environments: ["staging"] })).toContain(
      "--environment staging hides 2 consequences and 2 changed objects",
    );
    expect(filtered({ teams: ["data"] })).toContain("--team data hides 4 consequences and 4 changed objects");
    expect(filtered({ domains: ["data"] })).toContain("--domain data hides 4 consequences and 4 changed objects");
    expect(filtered({ risk: "high" })).toContain("--risk high hides 4 consequences and 4 changed objects");
  });

  it("by team keeps what concerns the team", () => {
    const concerned = reportOf(
      policies(8080),
      policies(8081),
      [consequence({ concerns: ["data"] }), consequence({ subject: "other" })],
      { ...noFilter, teams: ["data"] },
    );
    expect(concerned.consequences.map(({ subject }) => subject)).toEqual(["checkout → cart:8080"]);
  });
});

describe("no format", () => {
  const secretText = fc.stringMatching(/^[A-Za-z0-9]{12,24}$/);

  it("shows a value of a Secret or the password of a URL, before or after", () => {
    fc.assert(
      fc.property(secretText, secretText, secretText, secretText, (first, second, third, fourth) => {
        const values = [`q${first}`, `w${second}`, `x${third}`, `z${fourth}`] as const;
        const tree = (secret: string, password: string): Files => ({
          "application/staging/backend/cart/secret-cart.yaml": `apiVersion: v1\nkind: Secret\nmetadata: { name: cart }\nstringData: { plain: ${secret} }\ndata: { coded: ${Buffer.from(secret).toString("base64")} }\n`,
          ...configMap(
            "cart",
            `{ url: "redis://cart:${password}@valkey:6379", config: "a: 1\\npassword: ${password}\\n" }`,
          ),
        });
        const shown = reportOf(tree(values[0], values[2]), tree(values[1], values[3]), [
          consequence({
            environment: "staging",
            text: `reads redis://cart:${values[3]}@valkey`,
            details: [`password=${values[2]}`],
          }),
        ]);
        for (const format of reportFormats) {
          const text = texts(shown, format, { look: { details: true } });
          for (const value of [...values, ...values.map((each) => Buffer.from(each).toString("base64"))])
            expect({ format, shown: text.includes(value) }).toEqual({ format, shown: false });
        }
        expect(texts(shown, "terminal", { look: { details: true } })).toContain("+ ‹another secret›");
      }),
      { numRuns: 25 },
    );
  });

  it("lets a name move the cursor, turn the direction of a text, or end an element", () => {
    const hostile = "a\u001b[2J\u0007\u202eb</failure></testsuite><script>\u0000\ud800";
    const shown = reportOf({}, configMap("x", "{ a: b }"), [
      consequence({ environment: "staging", subject: hostile, details: [hostile] }),
    ]);
    for (const format of reportFormats) {
      const text = texts(shown, format, { failOn: "low", look: { details: true } });
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there.
      expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202e]|\p{Surrogate}/u);
    }
    expect(texts(shown, "markdown")).not.toContain("<script");
    expect(texts(shown, "junit", { failOn: "low" })).not.toContain("<script");
  });
});

const policyObject = (environment: string, service: string): TreeObject => ({
  identity: `networking.k8s.io/NetworkPolicy/team-backend/${service}-ingress`,
  resource: {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: `${service}-ingress`, namespace: "team-backend" },
  },
  path: policyPath(environment, service),
  environment,
  entry: { component: "service-network", environment, team: "backend", service },
});

describe("a huge change", () => {
  it("of 20,000 objects is told in a few lines and comments, and none is lost", () => {
    const all = ["a", "b", "c", "d"];
    const names = Array.from({ length: 5_000 }, (_, place) => `service-${place}`);
    const places = all.flatMap((environment) => names.map((service) => ({ environment, service })));
    const nothing = comparisonOf({}, {});
    const huge = buildReport(
      {
        ...nothing,
        before: { ...nothing.before, environments: all },
        after: { ...nothing.after, environments: all },
        environments: all,
        changes: places.map(({ environment, service }): ObjectChange => {
          const object = policyObject(environment, service);
          const fields = [{ path: "spec.ingress[0].ports[0].port", before: 80, after: 81 }];
          return { kind: "changed", environment, before: object, after: object, fields };
        }),
      },
      places.map((place) => consequence({ ...place, subject: `frontend → ${place.service}:81` })),
    );
    expect(huge.consequences).toHaveLength(1);
    expect(huge.consequences[0]?.members).toHaveLength(20_000);
    expect(huge.objects).toMatchObject([{ count: 20_000, where: "all environments" }]);
    expect(texts(huge, "terminal").split("\n").length).toBeLessThan(10);
    const comments = printReport(huge, "markdown");
    expect(comments.every((comment) => comment.length < 65_536)).toBe(true);
    expect(comments.join("\n")).toContain("service-4999");
  });
});
