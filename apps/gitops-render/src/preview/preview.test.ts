import type { Resource } from "@plinth/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dashboardOf, pageOf, panelJson, previewOf } from "./preview.fixture.ts";

const plotsOf = (page: string): unknown =>
  JSON.parse(/<script type="application\/json" id="plots">(.*?)<\/script>/s.exec(page)?.[1] ?? "");

describe("a preview", () => {
  it("is a list and a page for each dashboard, and the same each time", () => {
    const dashboards = [dashboardOf([panelJson(1)])];
    const { files } = previewOf(dashboards);
    expect(files.map(({ path }) => path)).toEqual(["index.html", "example.html"]);
    expect(previewOf(dashboards).files).toEqual(files);
  });

  it("holds the numbers of time series, named by their legend", () =>
    expect(plotsOf(pageOf(dashboardOf([panelJson(1)])))).toMatchObject({
      1: {
        unit: "short",
        stacked: false,
        lines: expect.arrayContaining([expect.objectContaining({ name: "checkout" })]),
      },
    }));

  it("asks for nothing from elsewhere, and lets only its own scripts run", () => {
    const page = pageOf(dashboardOf([panelJson(1)]));
    expect(page).not.toMatch(/\b(?:src|href)="(?!index\.html|data:)/);
    expect(page).toMatch(/default-src 'none'; script-src 'sha256-\S+ 'sha256-/);
  });

  it("says where there is no data, and counts it", () => {
    const nothing = panelJson(1, { targets: [{ refId: "A", expr: "not_measured_total" }] });
    const { files, dashboards } = previewOf([dashboardOf([nothing])]);
    expect(dashboards[0]).toMatchObject({ panels: 1, empty: ["Panel 1"], refused: [] });
    expect(files[1]?.text).toContain("No data");
  });

  it("shows why a query is refused", () => {
    const { files, dashboards } = previewOf([dashboardOf([panelJson(1, { targets: [{ expr: "sum(" }] })])]);
    expect(dashboards[0]?.refused).toEqual(["Panel 1"]);
    expect(files[1]?.text).toContain("The query is refused");
  });

  it("says which kinds it does not draw", () =>
    expect(previewOf([dashboardOf([panelJson(1, { type: "geomap" })])]).dashboards[0]?.refused).toEqual(["Panel 1"]));

  it("makes up lines, traces, and what LogQL and TraceQL count, of what the query says", () => {
    const target = (type: string, text: object): object => ({ refId: "A", datasource: { type, uid: "x" }, ...text });
    const page = pageOf(
      dashboardOf([
        panelJson(1, { type: "logs", targets: [target("loki", { expr: '{service_name="a"} | level="warn"' })] }),
        panelJson(2, { targets: [target("loki", { expr: "sum by (level) (count_over_time({a=`b`}[1m]))" })] }),
        panelJson(3, { targets: [target("tempo", { query: "{ } | rate() by (resource.service.name)" })] }),
        panelJson(4, {
          type: "table",
          targets: [target("tempo", { query: '{ .service.name = "a" && duration > 2s }' })],
        }),
      ]),
    );
    expect(page).toMatch(/<b>warn<\/b>/);
    expect(page).not.toMatch(/<b>error<\/b>/);
    expect(plotsOf(page)).toMatchObject({
      2: { lines: [{ name: "error" }, { name: "warn" }, { name: "info" }, { name: "debug" }] },
      3: { lines: expect.arrayContaining([expect.objectContaining({ name: "checkout" })]) },
    });
    expect([...page.matchAll(/<td class="number">([\d.]+) s<\/td>/g)].every(([, text]) => Number(text) >= 2)).toBe(
      true,
    );
  });

  it("evaluates the rules that a dashboard asks for, and alerts", () => {
    const rules: Resource = {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PrometheusRule",
      metadata: { name: "a" },
      spec: {
        groups: [
          {
            name: "a",
            rules: [
              { record: "pods:count", expr: "count(traces_span_metrics_calls_total)" },
              { alert: "PodsThere", expr: "pods:count > 0", labels: { severity: "warning" } },
            ],
          },
        ],
      },
    };
    const page = pageOf(
      dashboardOf([
        panelJson(1, { type: "stat", targets: [{ expr: "pods:count", instant: true }] }),
        panelJson(2, { type: "alertlist", targets: [], options: { alertInstanceLabelFilter: '{severity="warning"}' } }),
      ]),
      [rules],
    );
    expect(page).toMatch(/class="value is-plain">\d+</);
    expect(page).toContain("PodsThere");
  });

  it("never runs what a title, a legend, a description, a link or a text says", () =>
    fc.assert(
      fc.property(
        fc.constantFrom(
          "<script>x()</script>",
          '"><img src=x onerror=x()>',
          "</script><svg/onload=x()>",
          "javascript:x()",
        ),
        fc.constantFrom("timeseries", "stat", "table", "bargauge", "state-timeline", "text", "row", "logs"),
        (words, type) => {
          const panel = panelJson(1, {
            type,
            title: words,
            description: words,
            links: [{ title: words, url: words }],
            options: { content: `${words}\n\n[a](${words})`, mode: "markdown" },
            targets: [{ expr: "count(traces_span_metrics_calls_total)", legendFormat: words }],
          });
          const page = pageOf(dashboardOf([panel], { title: words, description: words, tags: [words] }));
          const body = page.slice(page.indexOf("<body>"));
          expect(body).not.toContain("<script>x()");
          expect(body).not.toMatch(/<(?:img|svg\/)/);
          expect(body).not.toMatch(/href="javascript/);
        },
      ),
      { numRuns: 40 },
    ));
});

describe("a table", () => {
  it("has the columns in order, by their titles, with what is painted", () => {
    const page = pageOf(
      dashboardOf([
        panelJson(1, {
          type: "table",
          targets: [
            { refId: "pods", expr: "count by (service_name) (traces_span_metrics_calls_total)" },
            { refId: "double", expr: "2 * count by (service_name) (traces_span_metrics_calls_total)" },
          ],
          fieldConfig: {
            defaults: { unit: "short" },
            overrides: [
              {
                matcher: { id: "byName", options: "Pods" },
                properties: [
                  { id: "custom.cellOptions", value: { type: "color-background" } },
                  {
                    id: "thresholds",
                    value: {
                      steps: [
                        { color: "green", value: null },
                        { color: "red", value: 1 },
                      ],
                    },
                  },
                ],
              },
            ],
          },
          options: { sortBy: [{ displayName: "Pods", desc: true }] },
          transformations: [
            { id: "merge", options: {} },
            { id: "filterFieldsByName", options: { include: { names: ["service_name", "Value #pods"] } } },
            {
              id: "organize",
              options: {
                indexByName: { "Value #pods": 1, service_name: 0 },
                renameByName: { "Value #pods": "Pods", service_name: "Where" },
              },
            },
          ],
        }),
      ]),
    );
    expect([...page.matchAll(/<th scope="col">(.*?)<\/th>/g)].map(([, title]) => title)).toEqual(["Where", "Pods"]);
    const numbers = [...page.matchAll(/<td class="number painted is-red">(\d+)<\/td>/g)].map(([, text]) =>
      Number(text),
    );
    expect(numbers.length).toBeGreaterThan(1);
    expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
  });
});

describe("a variable", () => {
  const variable = {
    name: "namespace",
    type: "query",
    query: "label_values(traces_span_metrics_calls_total, service_name)",
    label: "Namespace",
  };

  it("has its first value, and queries are filled in with it", () => {
    const panel = panelJson(1, {
      targets: [
        {
          expr: 'group by (service_name) (traces_span_metrics_calls_total{service_name="$namespace"})',
          legendFormat: "{{service_name}}",
        },
      ],
    });
    const page = pageOf(dashboardOf([panel], { templating: { list: [variable] } }));
    const [, first] = /<b>Namespace<\/b><span>(.*?)<\/span>/.exec(page) ?? [];
    expect(first).toMatch(/^[a-z]/);
    expect(plotsOf(page)).toMatchObject({ 1: { lines: [{ name: first }] } });
  });

  it("stands for all values where all are chosen", () => {
    const list = [{ ...variable, includeAll: true, allValue: ".+", multi: true }];
    expect(pageOf(dashboardOf([panelJson(1)], { templating: { list } }))).toMatch(/<b>Namespace<\/b><span>All \(\d+\)/);
  });
});
