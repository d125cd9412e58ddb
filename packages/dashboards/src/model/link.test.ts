import { describe, expect, it } from "vitest";
import { dashboardLink, logsLink, tracesLink } from "./link.ts";

const description = "d";

/** What Grafana sees: variables filled in, then the address decoded. */
function openedPane(url: string, values: Readonly<Record<string, string>>): unknown {
  const filled = url.replace(/\$\{(\w+)\}/g, (_, name: string) => values[name] ?? "?");
  return JSON.parse(new URL(filled, "https://grafana.example.com").searchParams.get("panes") ?? "");
}

describe("a link to Explore", () => {
  it("asks the chosen Tempo over the dashboard's time range", () => {
    const { url } = tracesLink("Slow", '{ resource.service.name = "checkout" && duration > 2s }', { description });
    expect(openedPane(url, { tempo_datasource: "tempo-1", __from: "1000", __to: "2000" })).toEqual({
      a: {
        datasource: "tempo-1",
        queries: [
          {
            refId: "A",
            datasource: { type: "tempo", uid: "tempo-1" },
            query: '{ resource.service.name = "checkout" && duration > 2s }',
            queryType: "traceql",
            limit: 20,
          },
        ],
        range: { from: "1000", to: "2000" },
      },
    });
  });

  it("asks the chosen Loki, whatever characters the query has", () => {
    const logql = '{service_name="a"} |~ `50% & more+` | json';
    const { url } = logsLink("Logs", logql, { description });
    expect(openedPane(url, { loki_datasource: "loki" })).toMatchObject({
      a: { queries: [{ expr: logql, queryType: "range" }] },
    });
  });
});

describe("a link to a dashboard", () => {
  it("goes by uid and takes the time along", () =>
    expect(dashboardLink("cart", "service-cart", { description })).toEqual({
      kind: "url",
      title: "cart",
      url: "/d/service-cart",
      description,
      keepTime: true,
    }));
});
