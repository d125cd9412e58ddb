export { type AlertKind, type AlertsOverOptions, alertsOver, type ServiceAlerts } from "./testing/alerts-over.ts";
export type { ServiceAlert } from "./testing/service-alert.ts";
