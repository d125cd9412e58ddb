import { checkedVector, EvaluationProblem, type VectorSample } from "./values.ts";
import { wholePattern } from "./whole-pattern.ts";

/** `label_replace`: a label from what a pattern finds in another one. Series that do not match stay as they are. */
export function withReplacedLabel(
  samples: readonly VectorSample[],
  [target, replacement, source, pattern]: readonly [string, string, string, string],
): readonly VectorSample[] {
  refuseNameless("label_replace", [target]);
  const expression = wholePattern(pattern);
  return checkedVector(
    samples.map(({ labels, value }) => {
      const found = expression.exec(labels.get(source));
      return found === null
        ? { labels, value }
        : { labels: labels.with({ [target]: expanded(replacement, found) }), value };
    }),
  );
}

/** `label_join`: a label from several. */
export function withJoinedLabel(
  samples: readonly VectorSample[],
  target: string,
  separator: string,
  sources: readonly string[],
): readonly VectorSample[] {
  refuseNameless("label_join", [target, ...sources]);
  return checkedVector(
    samples.map(({ labels, value }) => ({
      labels: labels.with({ [target]: sources.map((source) => labels.get(source)).join(separator) }),
      value,
    })),
  );
}

function refuseNameless(name: string, labels: readonly string[]): void {
  if (labels.includes("")) throw new EvaluationProblem(`${name} is given a label without a name`);
}

/**
 * `$1`, `${1}`, `$name`, `$$` filled in; a group that there is not is nothing.
 *
 * @see https://pkg.go.dev/regexp#Regexp.Expand
 */
function expanded(template: string, found: RegExpExecArray): string {
  return template.replaceAll(/\$(?:\$|([\p{L}\p{N}_]+)|\{([\p{L}\p{N}_]+)\})/gu, (whole, bare, braced) => {
    const name = bare ?? braced;
    if (whole === "$$") return "$";
    return (/^\d+$/.test(name) ? found[Number(name)] : found.groups?.[name]) ?? "";
  });
}
