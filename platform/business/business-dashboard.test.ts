import { buildPlatform } from "@plinth/core";
import { dashboardFindings, type Panel, queryText } from "@plinth/dashboards";
import { evaluatePromql } from "@plinth/metrics/evaluation";
import { describe, expect, it } from "vitest";
import definition, { additionalComponents } from "../index.ts";
import { businessDashboard } from "./business-dashboard.ts";

const { platform } = buildPlatform(definition);

function panel(id: string): Panel {
  const found = businessDashboard.rows.flatMap(({ panels }) => panels).find((each) => each.id === id);
  if (found === undefined) throw new TypeError(`there is no panel ${id}`);
  return found;
}

function shownBy(id: string, series: Readonly<Record<string, string>>, name = "A"): number | undefined {
  const query = panel(id).queries.find((each) => each.name === name);
  if (query === undefined) throw new TypeError(`${id} has no query ${name}`);
  const asked = queryText(query).replaceAll("$environment", "production").replaceAll("$__rate_interval", "5m");
  return evaluatePromql(asked, series, { at: "30m" })[0]?.value;
}

const span = (service: string, name: string, status: string): string =>
  `traces_span_metrics_calls_total{deployment_environment_name="production",service_name="${service}",span_kind="SPAN_KIND_SERVER",span_name="${name}",status_code="STATUS_CODE_${status}"}`;
const frontend = (method: string, target: string): string =>
  `app_frontend_requests_total{deployment_environment_name="production",service_name="frontend",method="${method}",target="${target}",status="200"}`;
// A day of the shop in an hour, one sample a minute: 12 orders and 3 failed ones, 100 views, 30 additions, in each.
const hour = {
  [span("checkout", "oteldemo.CheckoutService/PlaceOrder", "UNSET")]: "0+12x60",
  [span("checkout", "oteldemo.CheckoutService/PlaceOrder", "ERROR")]: "0+3x60",
  [span("checkout", "grpc.health.v1.Health/Check", "UNSET")]: "0+600x60",
  [span("payment", "grpc.oteldemo.PaymentService/Charge", "UNSET")]: "0+12x60",
  [span("payment", "grpc.oteldemo.PaymentService/Charge", "ERROR")]: "0+3x60",
  [frontend("GET", "/api/products/OLJCESPC7Z")]: "0+60x60",
  [frontend("GET", "/api/products/66VCHSJNUP")]: "0+40x60",
  [frontend("GET", "/api/products")]: "0+999x60",
  [frontend("POST", "/api/cart")]: "0+30x60",
  [frontend("GET", "/api/cart")]: "0+999x60",
  'app_confirmation_counter_total{deployment_environment_name="production",service_name="email"}': "0+9x60",
};

describe("what the Astronomy Shop earns", () => {
  it.each([
    ["orders-now", 12],
    ["conversion-now", 0.12],
    ["refused-now", 0.2],
    ["confirmed-now", 0.75],
    ["cart-additions-for-each-order", 2.5],
  ])("%s is %d", (id, expected) => expect(shownBy(id, hour)).toBeCloseTo(expected));

  it("tells orders that failed from those that were placed", () => {
    expect(shownBy("orders-by-outcome", hour, "placed")).toBeCloseTo(12);
    expect(shownBy("orders-by-outcome", hour, "failed")).toBeCloseTo(3);
  });

  it("shows that nothing fails as 0, and no traffic as nothing", () => {
    const fine = Object.fromEntries(Object.entries(hour).filter(([series]) => !series.includes("_ERROR")));
    expect(shownBy("refused-now", fine)).toBe(0);
    expect(shownBy("orders-by-outcome", fine, "failed")).toBe(0);
    expect(shownBy("refused-now", {})).toBeUndefined();
  });

  it("is that of one environment", () => {
    const elsewhere = Object.fromEntries(
      Object.entries(hour).map(([series, samples]) => [series.replaceAll('"production"', '"staging"'), samples]),
    );
    expect(shownBy("orders-now", { ...hour, ...elsewhere })).toBeCloseTo(12);
    expect(shownBy("conversion-now", elsewhere)).toBeUndefined();
  });
});

it("its dashboard follows every rule and names services of the platform", () => {
  const services = platform?.services.map(({ name }) => name) ?? [];
  expect(services).toContain("checkout");
  expect(dashboardFindings(businessDashboard, { services, allServices: true })).toEqual([]);
  expect(additionalComponents.map(({ name }) => name)).toEqual(["business-dashboards"]);
});
