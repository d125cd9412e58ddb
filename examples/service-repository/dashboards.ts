import { chosenEnvironment, redRow, resourceRow, row, serviceDashboard, sloRow, timeseries } from "@plinth/dashboards";
import { rate, select, sum } from "@plinth/metrics";
import { points } from "./metrics.ts";
import loyalty from "./slo.ts";

const booked = timeseries("Booked points", sum(rate(select(points, chosenEnvironment), "$__rate_interval")), {
  unit: "ops",
  description: "Points booked per second. None for minutes on a working day: look at the service that books.",
});
export default serviceDashboard(loyalty, [redRow(), sloRow(), row("Bookings", [booked]), resourceRow()]);
