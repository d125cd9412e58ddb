import { describe, expect, it } from "vitest";
import { defineService } from "../definition/define-service.ts";
import { serviceLevelsOf } from "../definition/service-levels-of.ts";
import { promisesFrom } from "./promises-from.ts";
import { readServiceLevels } from "./read-service-levels.ts";

const file = (alerting: string, name = "availability"): string => `
version: prometheus/v1
service: loyalty
slos:
  - name: ${name}
    objective: 99.5
    description: bookings succeed
    sli:
      events:
        error_query: sum(rate(traces_span_metrics_calls_total{status_code="STATUS_CODE_ERROR"}[{{.window}}]))
        total_query: sum(rate(traces_span_metrics_calls_total[{{.window}}]))
    alerting: ${alerting}
`;
const read = (text: string): ReturnType<typeof promisesFrom> => {
  const [document] = readServiceLevels(text, { file: "slo.yaml" }).documents;
  if (document === undefined) throw new Error("the file is not read");
  return promisesFrom(document);
};

describe("promises from a file of Sloth", () => {
  it("are promises like any other: they have rules, alerts and a meaning", () => {
    const { promises, findings } = read(file("{ name: LoyaltyErrors }"));
    expect(findings).toEqual([]);
    expect(promises).toMatchObject([
      { kind: "events", name: "availability", objective: 99.5, alerts: "page-and-ticket", what: "bookings succeed" },
    ]);
    const levels = serviceLevelsOf(defineService({ name: "loyalty", team: "backend", promises }));
    expect(levels.findings).toEqual([]);
    expect(levels.resources.map(({ kind }) => kind)).toEqual(["PrometheusServiceLevel", "PrometheusRule"]);
  });

  it.each([
    ["{ name: A }", "page-and-ticket"],
    ["{ name: A, page_alert: { disable: true } }", "ticket"],
    ["{ page_alert: { disable: true }, ticket_alert: { disable: true } }", "none"],
  ])("wake somebody where the file does: %s", (alerting, alerts) => {
    expect(read(file(alerting)).promises).toMatchObject([{ alerts }]);
  });

  it("say what they do not take over", () => {
    expect(read(file("{ name: A, ticket_alert: { disable: true } }")).findings).toMatchObject([
      { severity: "warning", path: "slos[0].alerting.ticketAlert" },
    ]);
    expect(read(file("{ name: A }", "Requests.Availability")).findings).toMatchObject([
      {
        severity: "error",
        path: "slos[0].name",
        expected: "the name of a promise: lower-case letters, digits and '-'",
      },
    ]);
  });
});
