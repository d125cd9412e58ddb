import { defineMetric, type Metric } from "@plinth/metrics";

/**
 * What services of the Astronomy Shop count themselves, as the collector's remote write names it: dots become underscores, and counters end in `_total`. The
 * labels of the resource are those that the platform's gateway keeps.
 *
 * @see https://github.com/open-telemetry/opentelemetry-demo/tree/2.2.0/src
 */
const counter = { type: "counter", unit: "count" } as const;
const resource = ["service_name", "deployment_environment_name", "k8s_pod_name"] as const;
const environments = ["development", "staging", "production"] as const;

/** The currencies that most customers choose; the shop knows 33. */
const currencies = ["USD", "EUR", "JPY", "CAD", "CHF", "GBP"] as const;

/** @see https://github.com/open-telemetry/opentelemetry-demo/blob/2.2.0/src/frontend/utils/telemetry/InstrumentationMiddleware.ts */
export const frontendRequests = defineMetric({
  ...counter,
  name: "app_frontend_requests_total",
  labels: [...resource, "method", "target", "status"],
  values: {
    service_name: ["frontend"],
    deployment_environment_name: environments,
    method: ["GET", "POST", "DELETE"],
    target: [
      "/api/cart",
      "/api/checkout",
      "/api/currency",
      "/api/data",
      "/api/products",
      "/api/products/0PUK6V6EV0",
      "/api/products/OLJCESPC7Z",
      "/api/recommendations",
      "/api/shipping",
    ],
    status: ["200", "204", "500"],
  },
  help: "Requests of browsers to the shop's own API, by the path without its parameters.",
});

/** @see https://github.com/open-telemetry/opentelemetry-demo/blob/2.2.0/src/payment/charge.js */
export const paymentTransactions = defineMetric({
  ...counter,
  name: "app_payment_transactions_total",
  labels: [...resource, "app_payment_currency"],
  values: { service_name: ["payment"], deployment_environment_name: environments, app_payment_currency: currencies },
  help: "Cards that were charged, by the currency of the order.",
});

/** @see https://github.com/open-telemetry/opentelemetry-demo/blob/2.2.0/src/currency/src/server.cpp */
export const currencyConversions = defineMetric({
  ...counter,
  name: "app_currency_counter_total",
  labels: [...resource, "currency_code"],
  values: { service_name: ["currency"], deployment_environment_name: environments, currency_code: currencies },
  help: "Prices that were converted, by the currency that they were converted to.",
});

/** @see https://github.com/open-telemetry/opentelemetry-demo/blob/2.2.0/src/email/email_server.rb */
export const confirmations = defineMetric({
  ...counter,
  name: "app_confirmation_counter_total",
  labels: [...resource],
  values: { service_name: ["email"], deployment_environment_name: environments },
  help: "Mails that confirm an order.",
});

/** @see https://github.com/open-telemetry/opentelemetry-demo/blob/2.2.0/src/shipping/src/shipping_service/quote.rs */
export const quotedItems = defineMetric({
  ...counter,
  name: "app_shipping_items_count_total",
  labels: [...resource],
  values: { service_name: ["shipping"], deployment_environment_name: environments },
  help: "Items for which the price of shipping was asked.",
});

/** @see https://github.com/open-telemetry/opentelemetry-demo/blob/2.2.0/src/ad/src/main/java/oteldemo/AdService.java */
export const adRequests = defineMetric({
  ...counter,
  name: "app_ads_ad_requests_total",
  labels: [...resource, "app_ads_ad_request_type", "app_ads_ad_response_type"],
  values: {
    service_name: ["ad"],
    deployment_environment_name: environments,
    app_ads_ad_request_type: ["TARGETED", "NOT_TARGETED"],
    app_ads_ad_response_type: ["TARGETED", "RANDOM"],
  },
  help: "Advertisements that were asked for, by what was asked and what was shown.",
});

/** @see https://github.com/open-telemetry/opentelemetry-demo/blob/2.2.0/src/recommendation/metrics.py */
export const recommendations = defineMetric({
  ...counter,
  name: "app_recommendations_counter_total",
  labels: [...resource, "recommendation_type"],
  values: {
    service_name: ["recommendation"],
    deployment_environment_name: environments,
    recommendation_type: ["catalog"],
  },
  help: "Products that were recommended.",
});

/** Metrics that only the Astronomy Shop has. */
export const shopMetrics: readonly Metric[] = [
  frontendRequests,
  paymentTransactions,
  currencyConversions,
  confirmations,
  quotedItems,
  adRequests,
  recommendations,
];
