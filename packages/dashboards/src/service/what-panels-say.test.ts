import { evaluatePromql } from "@plinth/metrics/evaluation";
import { describe, expect, it } from "vitest";
import { serviceAnnotations } from "./service-annotations.ts";
import { serviceDashboard } from "./service-dashboard.ts";
import { filled, panelOf, singleValue, valuesOf, viewOf } from "./service-view.fixture.ts";

const hour = "x60";
const dashboard = serviceDashboard(viewOf("checkout"));
const server = 'deployment_environment_name="production",service_name="checkout",span_kind="SPAN_KIND_SERVER"';

/** 20 requests per second, of which a share fails. */
function requests(share: number): Record<string, string> {
  return {
    [`traces_span_metrics_calls_total{${server},status_code="STATUS_CODE_UNSET",span_name="POST /pay"}`]: `0+${1200 * (1 - share)}${hour}`,
    [`traces_span_metrics_calls_total{${server},status_code="STATUS_CODE_ERROR",span_name="POST /pay"}`]: `0+${1200 * share}${hour}`,
    // What others do and what it calls itself is not its answers.
    'traces_span_metrics_calls_total{deployment_environment_name="production",service_name="checkout",span_kind="SPAN_KIND_CLIENT",status_code="STATUS_CODE_ERROR"}': `0+9999${hour}`,
    'traces_span_metrics_calls_total{deployment_environment_name="staging",service_name="checkout",span_kind="SPAN_KIND_SERVER",status_code="STATUS_CODE_ERROR"}': `0+9999${hour}`,
  };
}

describe("the first row", () => {
  it("reads 20 requests per second with 5 % errors as 20 and 0.05", () => {
    expect(singleValue(panelOf(dashboard, "health", "rate"), requests(0.05))).toBeCloseTo(20);
    expect(singleValue(panelOf(dashboard, "health", "errors"), requests(0.05))).toBeCloseTo(0.05);
  });

  it("reads no errors as 0, and no traffic as nothing", () => {
    const {
      [`traces_span_metrics_calls_total{${server},status_code="STATUS_CODE_ERROR",span_name="POST /pay"}`]: _,
      ...fine
    } = requests(0);
    expect(singleValue(panelOf(dashboard, "health", "errors"), fine)).toBe(0);
    expect(singleValue(panelOf(dashboard, "health", "errors"), {})).toBeUndefined();
  });

  it("reads 95 of 100 below 200 ms from the histogram", () => {
    const bucket = (le: string, count: number) => [
      `traces_span_metrics_duration_seconds_bucket{${server},le="${le}"}`,
      `0+${count}${hour}`,
    ];
    const series = Object.fromEntries([bucket("0.1", 90), bucket("0.2", 95), bucket("0.5", 100), bucket("+Inf", 100)]);
    expect(singleValue(panelOf(dashboard, "health", "duration"), series)).toBeCloseTo(0.2);
  });

  it("shows the budget of the promise that has least, and the fastest burn of the last hour", () => {
    const slo = (name: string) =>
      `environment="production",sloth_service="checkout",sloth_slo="${name}",sloth_id="checkout-${name}"`;
    const series = {
      [`slo:period_error_budget_remaining:ratio{${slo("availability")}}`]: "0.8x60",
      [`slo:period_error_budget_remaining:ratio{${slo("latency")}}`]: "-0.2x60",
      'slo:period_error_budget_remaining:ratio{environment="production",sloth_service="cart",sloth_slo="availability"}':
        "-9x60",
      [`slo:current_burn_rate:ratio{${slo("availability")}}`]: "0x30 20x30",
      [`slo:current_burn_rate:ratio{${slo("latency")}}`]: "1x60",
    };
    expect(singleValue(panelOf(dashboard, "health", "budget-left"), series)).toBeCloseTo(-0.2);
    expect(singleValue(panelOf(dashboard, "health", "burn-1-h"), series, { at: "59m" })).toBeGreaterThan(9);
  });

  it("counts pods that should run: no finished ones, and none of a service whose name begins the same", () => {
    const pod = (name: string, app: string, phase: string, ready: 0 | 1) => ({
      [`kube_pod_labels{namespace="team-backend",pod="${name}",label_app_kubernetes_io_name="${app}"}`]: "1x60",
      [`kube_pod_status_ready{namespace="team-backend",pod="${name}",condition="true"}`]: `${ready}x60`,
      [`kube_pod_status_phase{namespace="team-backend",pod="${name}",phase="${phase}"}`]: "1x60",
    });
    const series = {
      ...pod("checkout-1", "checkout", "Running", 1),
      ...pod("checkout-2", "checkout", "Running", 1),
      ...pod("checkout-3", "checkout", "Pending", 0),
      ...pod("checkout-migration", "checkout", "Succeeded", 0),
      ...pod("checkout-ui-1", "checkout-ui", "Running", 0),
    };
    expect(singleValue(panelOf(dashboard, "health", "pods-ready"), series)).toBeCloseTo(2 / 3);
  });

  it("shows a waiting alert as 1 and a firing one as 2", () => {
    const { A: states = [] } = valuesOf(panelOf(dashboard, "health", "alerts-over-time"), {
      'ALERTS{alertname="HighErrorRate",alertstate="firing",service="checkout",severity="critical"}': "1x60",
      'ALERTS{alertname="HighLatency",alertstate="pending",service="checkout",severity="warning"}': "1x60",
      'ALERTS{alertname="HighLatency",alertstate="firing",service="cart",severity="warning"}': "1x60",
    });
    expect(states.map(({ labels, value }) => [labels["alertname"], value])).toEqual([
      ["HighErrorRate", 2],
      ["HighLatency", 1],
    ]);
  });
});

describe("the marks on every panel", () => {
  const annotation = (name: string) => {
    const found = serviceAnnotations(viewOf("checkout")).find((each) => each.name === name);
    if (found === undefined) throw new TypeError(`there is no annotation ${name}`);
    return found.query.expr;
  };
  const pods = {
    'kube_pod_labels{namespace="team-backend",pod="old",label_app_kubernetes_io_name="checkout"}': "1x40 _x20",
    'kube_pod_labels{namespace="team-backend",pod="new",label_app_kubernetes_io_name="checkout"}': "_x28 1x32",
    'kube_pod_container_info{namespace="team-backend",pod="old",image="shop/checkout:1"}': "1x40 _x20",
    'kube_pod_container_info{namespace="team-backend",pod="new",image="shop/checkout:2"}': "_x28 1x32",
    'kube_pod_info{namespace="team-backend",pod="old",created_by_kind="ReplicaSet",created_by_name="checkout-a"}':
      "1x40 _x20",
    'kube_pod_info{namespace="team-backend",pod="new",created_by_kind="ReplicaSet",created_by_name="checkout-b"}':
      "_x28 1x32",
  };

  it.each([
    ["New versions", "image", "shop/checkout:2"],
    ["Rollouts", "created_by_name", "checkout-b"],
  ])("say once what is new: %s", (name, label, value) => {
    const at = (moment: string) =>
      evaluatePromql(filled(annotation(name)), pods, { at: moment }).map(({ labels }) => labels[label]);
    expect(at("20m")).toEqual([]);
    expect(at("30m")).toEqual([value]);
    expect(at("40m")).toEqual([]);
  });
});

describe("the dependencies", () => {
  it("tell which of them fails", () => {
    const call = (server: string, series: string) =>
      `traces_service_graph_request_${series}{client="checkout",server="${server}",deployment_environment_name="production"}`;
    const { A: shares = [] } = valuesOf(
      panelOf(serviceDashboard(viewOf("frontend")), "dependencies", "errors-by-dependency"),
      {
        [call("payment", "total").replace('client="checkout"', 'client="frontend"')]: "0+60x60",
        [call("payment", "failed_total").replace('client="checkout"', 'client="frontend"')]: "0+6x60",
        [call("cart", "total").replace('client="checkout"', 'client="frontend"')]: "0+60x60",
      },
    );
    expect(Object.fromEntries(shares.map(({ labels, value }) => [labels["server"], value]))).toEqual({
      payment: expect.closeTo(0.1),
      cart: 0,
    });
  });
});

describe("messages", () => {
  it("are written by those who produce to the same topics, and taken by the service", () => {
    const panel = panelOf(serviceDashboard(viewOf("mailer")), "messages", "written-and-taken");
    const series = {
      'traces_span_metrics_calls_total{deployment_environment_name="production",service_name="checkout",span_kind="SPAN_KIND_PRODUCER",span_name="publish orders"}':
        "0+120x60",
      'traces_span_metrics_calls_total{deployment_environment_name="production",service_name="checkout",span_kind="SPAN_KIND_PRODUCER",span_name="publish refunds"}':
        "0+600x60",
      'traces_span_metrics_calls_total{deployment_environment_name="production",service_name="mailer",span_kind="SPAN_KIND_CONSUMER",span_name="process orders"}':
        "0+60x60",
    };
    expect(singleValue(panel, series, { query: "written" })).toBeCloseTo(2);
    expect(singleValue(panel, series, { query: "taken" })).toBeCloseTo(1);
  });
});

describe("resources", () => {
  it("show what a service requests of its team's quota", () => {
    const request = (pod: string, cpu: string) => ({
      [`kube_pod_labels{namespace="team-backend",pod="${pod}",label_app_kubernetes_io_name="checkout"}`]: "1x60",
      [`kube_pod_container_resource_requests{namespace="team-backend",pod="${pod}",container="app",resource="cpu"}`]: `${cpu}x60`,
    });
    const series = {
      ...request("checkout-1", "0.5"),
      ...request("checkout-2", "0.5"),
      'kube_resourcequota{namespace="team-backend",resourcequota="team",resource="requests.cpu",type="hard"}': "20x60",
    };
    expect(
      singleValue(panelOf(dashboard, "resources", "share-of-the-team-s-quota"), series, { query: "cpu" }),
    ).toBeCloseTo(0.05);
  });
});
