import { metric } from "../catalogue/catalogue.ts";
import { max, sum } from "../promql/aggregate.ts";
import type { Expression, Operand } from "../promql/expression.ts";
import { add, divide, multiply } from "../promql/operators.ts";

const corePrice = metric("node_cpu_hourly_cost");
const memoryPrice = metric("node_ram_hourly_cost");
const GIB = 1024 ** 3;

/** Hours of a month, as clouds count them. */
export const hoursOfMonth = 730;

/**
 * What containers cost an hour, for each combination of labels: the cores and the memory that they request or use, whichever is more, at the price of the
 * nodes that they are on; in the currency of OpenCost's price list. Volumes, load balancers and traffic come on top.
 *
 * @see https://opencost.io/docs/integrations/metrics/
 * @example
 * multiply(allocatedCost(["namespace"]), hoursOfMonth);
 */
export function allocatedCost(by: readonly string[]): Expression {
  const priced = (amount: Operand, price: typeof corePrice | typeof memoryPrice): Expression =>
    sum(multiply(amount, max(price, { by: ["node"] }), { on: ["node"], groupLeft: [] }), { by });
  return add(
    priced(metric("container_cpu_allocation"), corePrice),
    priced(divide(metric("container_memory_allocation_bytes"), GIB), memoryPrice),
    by.length === 0 ? {} : { on: by },
  );
}
