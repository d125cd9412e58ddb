import { defineMetric } from "@plinth/metrics";

const counted = { type: "counter", unit: "count", labels: ["deployment_environment_name"] } as const;

export const bookings = defineMetric({ ...counted, name: "loyalty_bookings_total", help: "Bookings of points." });
export const failures = defineMetric({
  ...counted,
  name: "loyalty_bookings_failed_total",
  help: "Bookings that failed.",
});
export const points = defineMetric({ ...counted, name: "loyalty_points_total", help: "Points that were booked." });

export default [bookings, failures, points];
