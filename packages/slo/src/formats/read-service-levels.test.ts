import { emitYaml, type Finding } from "@plinth/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readServiceLevels } from "./read-service-levels.ts";

const source = { file: "slo.yaml" };
const sloth = `
version: prometheus/v1
service: checkout
labels:
  owner: backend
slos:
  - name: availability
    objective: 99.9
    sli:
      events:
        error_query: sum(rate(http_requests_total{code=~"5.."}[{{.window}}]))
        total_query: sum(rate(http_requests_total[{{.window}}]))
    alerting:
      name: CheckoutAvailability
      labels:
      page_alert:
        labels: { severity: critical }
      ticket_alert:
        disable: true
`;
const said = ({ findings }: { readonly findings: readonly Finding[] }): readonly string[] =>
  findings.map(({ severity, path, message }) => `${severity} ${path ?? ""} ${message}`);

describe("a file of Sloth", () => {
  it("is a specification, whose empty fields are fields that are not there", () => {
    expect(readServiceLevels(sloth, source)).toEqual({
      findings: [],
      documents: [
        {
          format: "sloth",
          spec: {
            service: "checkout",
            labels: { owner: "backend" },
            slos: [
              {
                name: "availability",
                objective: 99.9,
                sli: {
                  events: {
                    errorQuery: 'sum(rate(http_requests_total{code=~"5.."}[{{.window}}]))',
                    totalQuery: "sum(rate(http_requests_total[{{.window}}]))",
                  },
                },
                alerting: {
                  name: "CheckoutAvailability",
                  pageAlert: { labels: { severity: "critical" } },
                  ticketAlert: { disable: true },
                },
              },
            ],
          },
        },
      ],
    });
  });

  it("has several documents, in several formats, with places of their own", () => {
    const resource = emitYaml({
      apiVersion: "sloth.slok.dev/v1",
      kind: "PrometheusServiceLevel",
      metadata: { name: "cart", namespace: "shop" },
      spec: {
        service: "cart",
        slos: [{ name: "a", objective: 101, sli: { raw: { errorRatioQuery: "vector(0)" } }, alerting: {} }],
      },
    });
    expect(said(readServiceLevels(`${sloth}---\n${resource}`, source))).toEqual([
      'error documents[1].spec.slos[0].name is "a"',
      "error documents[1].spec.slos[0].objective is 101",
      "error documents[1].spec.slos[0].sli.raw.errorRatioQuery looks over no window",
      "error documents[1].spec.slos[0].alerting.name is missing",
    ]);
  });

  it("is told about fields that nobody knows, as Sloth passes over them without a word", () => {
    const misspelt = sloth.replace("page_alert", "pageAlert");
    const { documents, findings } = readServiceLevels(misspelt, source);
    expect(findings).toMatchObject([
      {
        severity: "warning",
        code: "unknown-field",
        path: "slos[0].alerting.pageAlert",
        hint: "did you mean page_alert?",
      },
    ]);
    expect(documents[0]?.spec.slos[0]?.alerting.pageAlert).toBeUndefined();
  });

  it("says at which field of the file something is wrong, in the file's own words", () => {
    const wrong = sloth
      .replace("[{{.window}}]))\n    alerting", "[5m]))\n    alerting")
      .replace("severity: critical", "severity: ''");
    expect(said(readServiceLevels(wrong, source))).toEqual([
      "error slos[0].sli.events.total_query looks over no window",
      "error slos[0].alerting.page_alert.labels.severity is empty",
    ]);
  });

  it("has no two SLOs of one id, not even by another cut of service and name", () => {
    const other = sloth
      .replace("service: checkout", "service: checkout-availability")
      .replace("name: availability", "name: x1");
    const third = sloth.replace("name: availability", "name: availability-x1");
    expect(said(readServiceLevels(`${other}---\n${third}`, source))).toEqual([
      'error documents[1].slos[0].name "checkout-availability-x1" is the id of documents[0].slos[0].name too: service and name, with a hyphen between',
    ]);
  });

  it("may measure with a plugin of the common library, and with no other", () => {
    const plugin = (id: string): string =>
      sloth.replace(/sli:\n[\s\S]*(?= {4}alerting)/, `sli: { plugin: { id: ${id}, options: { bucket: "0.4" } } }\n`);
    expect(readServiceLevels(plugin("sloth-common/kubernetes/apiserver/latency"), source).findings).toEqual([]);
    expect(said(readServiceLevels(plugin("home/latency"), source))).toEqual([
      'error slos[0].sli.plugin.id "home/latency" is no plugin that is plain PromQL: only Sloth\'s interpreter can run it',
    ]);
  });
});

describe("a file that is none", () => {
  it.each([
    ["", "says nothing"],
    ["a: [", "is not YAML that can be read: "],
    ["kind: Deployment\n", "has a document that is neither Sloth's nor OpenSLO's"],
    ["- 1\n", "has a document that is neither Sloth's nor OpenSLO's"],
    ["a: &a {}\nb: *a\n", "is not YAML that can be read: "],
    ["\u0000", "is not YAML that can be read: "],
  ])("%j %s", (text, message) => {
    const { documents, findings } = readServiceLevels(text, source);
    expect(documents).toEqual([]);
    expect(findings[0]?.message).toContain(message);
    expect(findings[0]?.source?.file).toBe("slo.yaml");
  });

  it("is a finding, whatever it is", () => {
    const plain = fc.anything({ values: [fc.string(), fc.double(), fc.boolean(), fc.constant(null)], maxDepth: 3 });
    const member = fc.constantFrom(
      "version",
      "service",
      "slos",
      "apiVersion",
      "kind",
      "metadata",
      "spec",
      "objectives",
      "name",
    );
    const document = fc.dictionary(
      member,
      fc.oneof(plain, fc.constantFrom("prometheus/v1", "openslo/v1", "openslo/v1alpha", "SLO", "SLI")),
    );
    fc.assert(
      fc.property(fc.array(document, { minLength: 1, maxLength: 3 }), (documents) => {
        const text = documents.map((each) => JSON.stringify(each)).join("\n---\n");
        const { findings } = readServiceLevels(text, source);
        expect(findings.length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });
});
