import { availability, counter, defineService, events, latency } from "@plinth/slo";

export default defineService({
  name: "loyalty",
  team: "backend",
  tier: "critical",
  promises: [
    availability(99.5),
    latency({ percentile: 99, below: "300ms", route: "/points/**" }),
    events("points-booked", {
      objective: 99.99,
      bad: counter("loyalty_bookings_failed_total"),
      total: counter("loyalty_bookings_total"),
    }),
  ],
});
