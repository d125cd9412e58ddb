import { MappingType, type ValueMapping } from "@grafana/grafana-foundation-sdk/dashboard";
import type { NamedState } from "../model/dashboard.ts";
import { stateColours } from "./state-colours.ts";

/**
 * What numbers stand for, each in the colour of its state.
 *
 * @see https://grafana.com/docs/grafana/latest/panels-visualizations/configure-value-mappings/
 */
export function valueMappings(states: readonly NamedState[]): ValueMapping[] {
  const options = Object.fromEntries(
    states.map(({ value, text, state }, index) => [String(value), { text, color: stateColours[state], index }]),
  );
  return [{ type: MappingType.ValueToText, options }];
}
