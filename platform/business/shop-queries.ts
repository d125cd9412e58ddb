import { chosenEnvironment } from "@plinth/dashboards";
import {
  divide,
  type Expression,
  type Matchers,
  type Metric,
  matching,
  multiply,
  notEqualTo,
  or,
  rate,
  select,
  spanMetrics,
  sum,
} from "@plinth/metrics";
import { frontendRequests } from "./shop-metrics.ts";

/** What a counter of the shop grew by in each minute: business counts in minutes. */
export function perMinute<Label extends string>(
  counter: Metric<string, Label | "deployment_environment_name">,
  of: Matchers<NoInfer<Label>> = {},
  by: readonly Label[] = [],
): Expression {
  const series = select<string>(counter, { ...of, ...chosenEnvironment });
  return multiply(sum(rate(series, "$__rate_interval"), { by }), 60);
}

/** A share, 0 where there is no series of the part: without a single failure there is none of failures. */
export function shareOf(part: Expression, whole: Expression): Expression {
  return divide(or(part, multiply(whole, 0)), whole);
}

/** Answers of checkout, whose only call is PlaceOrder: oteldemo.CheckoutService/PlaceOrder. */
const answers = {
  service_name: "checkout",
  span_kind: spanMetrics.kinds.server,
  span_name: matching(".*CheckoutService/.+"),
};

/** Orders that were placed. */
export const ordersPlaced: Expression = perMinute(spanMetrics.calls, {
  ...answers,
  status_code: notEqualTo(spanMetrics.statuses.error),
});

/** Orders that failed: the customer pressed the button and got nothing. 0 where orders are placed and none fails. */
export const ordersFailed: Expression = or(
  perMinute(spanMetrics.calls, { ...answers, status_code: spanMetrics.statuses.error }),
  multiply(ordersPlaced, 0),
);

/** Charges of payment; the name of the span says the instrumentation before the call: grpc.oteldemo.PaymentService/Charge. */
const charges = {
  service_name: "payment",
  span_kind: spanMetrics.kinds.server,
  span_name: matching(".*PaymentService/.+"),
};

/** The share of charges that were refused, 0 to 1. */
export const paymentsRefused: Expression = shareOf(
  perMinute(spanMetrics.calls, { ...charges, status_code: spanMetrics.statuses.error }),
  perMinute(spanMetrics.calls, charges),
);

/** Pages of a product that were looked at. */
export const productViews: Expression = perMinute(frontendRequests, {
  method: "GET",
  target: matching("/api/products/.+"),
});

/** Products that were put into a cart. */
export const cartAdditions: Expression = perMinute(frontendRequests, { method: "POST", target: "/api/cart" });

/** Charged cards in the log of payment: what the collector read from its output. Amounts are whole units of the currency. */
export const chargedAmounts =
  '{service_name="payment", deployment_environment_name="$environment"} |= "Transaction complete." | json | unwrap amount_units_low | __error__=""';

/** The label of those lines that says the currency. */
export const chargedCurrency = "amount_currencyCode";
