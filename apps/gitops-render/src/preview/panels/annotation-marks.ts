import { filledQuery } from "@plinth/dashboards";
import { withLabels } from "../data/legend.ts";
import type { Drawing } from "./drawing.ts";

/** Something that happened. */
export interface Mark {
  /** Seconds since the epoch. */
  readonly time: number;
  readonly colour: string;
  readonly text: string;
}

/** The marks of all annotations: where a query begins to give a value. Those of logs and traces are not made up. */
export function annotationMarks({ dashboard, data, values, moments }: Drawing): readonly Mark[] {
  return dashboard.annotations.flatMap(({ name, colour, text, target }) => {
    if (target.source !== "prometheus") return [];
    const answer = data.ask(filledQuery(target.query, values), moments);
    if ("problem" in answer) return [];
    return answer.series.flatMap(({ labels, values: samples }) =>
      moments.flatMap((time, index) =>
        index > 0 && samples[index] !== undefined && samples[index - 1] === undefined
          ? [{ time, colour, text: `${name}: ${withLabels(text, labels)}` }]
          : [],
      ),
    );
  });
}
