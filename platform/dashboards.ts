import { customDashboards } from "@plinth/dashboards";
import { businessDashboard } from "./business/business-dashboard.ts";

/** Dashboards of the Astronomy Shop's own, beside those that every platform has. */
export const businessDashboards = customDashboards({
  name: "business",
  title: "Business",
  dashboards: () => [businessDashboard],
});
