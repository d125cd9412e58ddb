import {
  badAbove,
  customDashboard,
  type Dashboard,
  dashboardLink,
  labelVariable,
  logQuery,
  type Panel,
  query,
  row,
  stat,
  timeseries,
  traces,
  tracesLink,
} from "@plinth/dashboards";
import { divide, serviceDashboardUid, spanMetrics } from "@plinth/metrics";
import {
  adRequests,
  confirmations,
  currencyConversions,
  paymentTransactions,
  quotedItems,
  recommendations,
  shopMetrics,
} from "./shop-metrics.ts";
import {
  cartAdditions,
  chargedAmounts,
  chargedCurrency,
  ordersFailed,
  ordersPlaced,
  paymentsRefused,
  perMinute,
  productViews,
  shareOf,
} from "./shop-queries.ts";

const refusedThresholds = badAbove({ warning: 0.02, bad: 0.1 });

const environment = labelVariable(
  "Environment",
  'traces_span_metrics_calls_total{service_name="checkout"}',
  spanMetrics.labels.environment,
  {
    description: "The environment that the panels are about.",
    single: true,
  },
);

const now: readonly Panel[] = [
  stat("Orders", ordersPlaced, {
    id: "orders-now",
    unit: "cpm",
    width: 6,
    description:
      "Orders that are placed in a minute. Far fewer than at this hour of other days: look below at which step customers are lost.",
  }),
  stat("Conversion", divide(ordersPlaced, productViews), {
    id: "conversion-now",
    unit: "percentunit",
    width: 6,
    decimals: 1,
    description:
      "Orders for each product that is looked at. A sudden drop is something that breaks on the way; a slow one is the offer.",
  }),
  stat("Payments refused", paymentsRefused, {
    id: "refused-now",
    unit: "percentunit",
    width: 6,
    decimals: 1,
    thresholds: refusedThresholds,
    description:
      "Share of the charges that were refused, for whatever reason. Red is no customer's card: look at the payment service.",
  }),
  stat("Orders confirmed", shareOf(perMinute(confirmations), ordersPlaced), {
    id: "confirmed-now",
    unit: "percentunit",
    width: 6,
    description:
      "Mails for each order that is placed. Below 100 % for long customers wait for a mail that does not come: look at email.",
  }),
];

const orders: readonly Panel[] = [
  timeseries("Orders by outcome", [query("placed", ordersPlaced), query("failed", ordersFailed)], {
    unit: "cpm",
    min: 0,
    stacked: true,
    links: [
      dashboardLink("checkout", serviceDashboardUid("checkout"), { description: "The service that places orders." }),
    ],
    description: "Orders in a minute. Each failed one is a customer who wanted to buy: its trace says why.",
  }),
  timeseries(
    "Turnover by currency",
    [
      logQuery("turnover", `sum by (${chargedCurrency}) (sum_over_time(${chargedAmounts} [$__auto]))`, {
        legend: `{{${chargedCurrency}}}`,
      }),
    ],
    {
      unit: "short",
      min: 0,
      stacked: true,
      description:
        "What was charged, in whole units of each currency, from the log of payment. Amounts of different currencies do not add up.",
    },
  ),
  timeseries(
    "Value of an order by currency",
    [
      logQuery("value", `avg_over_time(${chargedAmounts} [$__auto]) by (${chargedCurrency})`, {
        legend: `{{${chargedCurrency}}}`,
      }),
    ],
    {
      unit: "short",
      min: 0,
      description:
        "Mean of what was charged for an order, in whole units of its currency. A jump in one currency alone is its conversion.",
    },
  ),
  traces(
    "Newest orders",
    `{ resource.service.name = "checkout" && resource.deployment.environment.name = "$environment" && kind = server && status != error && span.app.order.amount > 0 } | select(span.app.order.amount, span.app.user.currency, span.app.order.items.count)`,
    {
      description:
        "Orders with what they are worth, in the customer's currency. Open one to see all that was done for it.",
    },
  ),
];

const funnel: readonly Panel[] = [
  timeseries(
    "From view to order",
    [
      query("views", productViews, { legend: "products looked at" }),
      query("additions", cartAdditions, { legend: "put into a cart" }),
      query("orders", ordersPlaced, { legend: "orders" }),
    ],
    {
      unit: "cpm",
      min: 0,
      description: "What customers do in a minute, step by step. The step whose line falls alone is the broken one.",
    },
  ),
  timeseries(
    "Conversion by step",
    [
      query("cart", divide(cartAdditions, productViews), { legend: "view to cart" }),
      query("order", divide(ordersPlaced, productViews), { legend: "view to order" }),
    ],
    {
      unit: "percentunit",
      min: 0,
      description: "Share of the products looked at that are put into a cart, and orders for each of them.",
    },
  ),
  timeseries("Cart additions for each order", divide(cartAdditions, ordersPlaced), {
    unit: "short",
    min: 0,
    legend: "additions",
    description:
      "How often something is put into a cart for each order that is placed. It rises when carts are abandoned: look at shipping costs, payment and the time that checkout takes.",
  }),
];

const fulfilment: readonly Panel[] = [
  timeseries("Payments refused over time", paymentsRefused, {
    unit: "percentunit",
    min: 0,
    legend: "refused",
    thresholds: refusedThresholds,
    links: [
      tracesLink("Refused payments", '{ resource.service.name = "payment" && kind = server && status = error }', {
        description: "Traces of charges that were refused: the message says why.",
      }),
      dashboardLink("payment", serviceDashboardUid("payment"), { description: "The service that charges cards." }),
    ],
    description:
      "Share of the charges that were refused. Invalid and expired cards are always among them; a jump is the card processor, or the service itself.",
  }),
  timeseries("Payments by currency", perMinute(paymentTransactions, {}, ["app_payment_currency"]), {
    unit: "cpm",
    min: 0,
    stacked: true,
    legend: "{{app_payment_currency}}",
    description:
      "Cards charged in a minute, by currency. One currency that is gone is its conversion, or the shop of one country.",
  }),
  timeseries(
    "Orders, mails and items to ship",
    [
      query("orders", ordersPlaced),
      query("mails", perMinute(confirmations), { legend: "confirmed by mail" }),
      query("items", perMinute(quotedItems), { legend: "items with a price of shipping" }),
    ],
    {
      unit: "cpm",
      min: 0,
      description:
        "What follows an order. Mails below orders are customers without an answer; items are asked for before the order, too.",
    },
  ),
];

const interest: readonly Panel[] = [
  timeseries("Advertisements shown", perMinute(adRequests, {}, ["app_ads_ad_response_type"]), {
    unit: "cpm",
    min: 0,
    stacked: true,
    legend: "{{app_ads_ad_response_type}}",
    width: 6,
    description:
      "Advertisements in a minute: TARGETED suit the product that is looked at, RANDOM stand in where none does.",
  }),
  timeseries(
    "Wanted and not found",
    shareOf(
      perMinute(adRequests, { app_ads_ad_request_type: "TARGETED", app_ads_ad_response_type: "RANDOM" }),
      perMinute(adRequests, { app_ads_ad_request_type: "TARGETED" }),
    ),
    {
      unit: "percentunit",
      legend: "random instead",
      width: 6,
      description:
        "Share of the requests for a suitable advertisement that got any other one: a category for which nothing is booked.",
    },
  ),
  timeseries("Recommendations for each view", divide(perMinute(recommendations), productViews), {
    unit: "short",
    min: 0,
    legend: "recommendations",
    width: 6,
    description:
      "Products that are recommended for each one that is looked at. Pages show four or five; far more is a cache that grows.",
  }),
  timeseries("Prices by currency", perMinute(currencyConversions, {}, ["currency_code"]), {
    unit: "cpm",
    min: 0,
    stacked: true,
    legend: "{{currency_code}}",
    width: 6,
    description: "Prices that are converted in a minute, by the currency that customers chose: where they come from.",
  }),
];

/** What the Astronomy Shop earns, and where it loses customers. */
export const businessDashboard: Dashboard = customDashboard(
  "business-shop",
  "Business / Astronomy Shop",
  [
    row("Now", now, { variables: [environment] }),
    row("Orders and their value", orders),
    row("From view to order", funnel),
    row("Payment and delivery", fulfilment),
    row("What interests customers", interest),
  ],
  {
    description:
      "What customers buy and what it is worth, at which step they are lost, and what they are interested in. For whoever runs the shop, and for whoever is asked at night what an outage costs.",
    tags: ["business"],
    timeRange: "6h",
    metrics: shopMetrics,
  },
);
