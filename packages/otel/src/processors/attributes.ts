import { type Options, type OptionValue, type Processor, written } from "../configuration/component.ts";
import { literalText } from "../configuration/expansion.ts";
import { everySignal, type Signal } from "../configuration/signal.ts";

export interface AttributesOptions {
  /** What happens to the attributes, in this order. At least one. */
  readonly actions: readonly [AttributeAction, ...AttributeAction[]];
  /** Only what matches. @default everything */
  readonly include?: AttributeMatch;
  /** Not what matches. @default nothing */
  readonly exclude?: AttributeMatch;
  /** Tells two processors apart. */
  readonly name?: string;
}

/** One change of the attributes of spans, points or log records. */
export type AttributeAction =
  | ({ readonly action: "insert" | "update" | "upsert"; readonly key: string } & AttributeSource)
  | { readonly action: "delete" | "hash"; readonly key: string }
  | { readonly action: "delete" | "hash" /** Keys, as a regular expression. */; readonly pattern: string }
  | {
      readonly action: "extract";
      readonly key: string;
      /** A regular expression whose groups all have names: each becomes an attribute. */ readonly pattern: string;
    }
  | { readonly action: "convert"; readonly key: string; readonly convertedType: "int" | "double" | "string" };

/** Where a value comes from: it is said, it is that of another attribute, or one of the metadata of the request (`metadata.tenant`). */
export type AttributeSource = (
  | { readonly value: AttributeValue }
  | { readonly fromAttribute: string }
  | { readonly fromContext: string }
) & { /** When there is no value. @default nothing is done */ readonly defaultValue?: AttributeValue };

export type AttributeValue = string | number | boolean;

/** What data must have; each that is named. Services and span fields fit traces, log fields logs, metric names metrics. */
export interface AttributeMatch {
  readonly matchType: "strict" | "regexp";
  readonly services?: readonly string[];
  readonly spanNames?: readonly string[];
  readonly spanKinds?: readonly string[];
  readonly logBodies?: readonly string[];
  readonly logSeverityTexts?: readonly string[];
  readonly metricNames?: readonly string[];
  /** Attributes, and the value where it matters. */
  readonly attributes?: readonly { readonly key: string; readonly value?: AttributeValue }[];
  /** Attributes of the resource. */
  readonly resources?: readonly { readonly key: string; readonly value?: AttributeValue }[];
}

/**
 * Changes attributes of spans, points and log records; `resource` changes those of whoever the data is about. Patterns are regular expressions of Go; a `$` in
 * them is doubled for the collector.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/processor/attributesprocessor
 * @example
 * attributes({ actions: [{ action: "delete", key: "enduser.id" }, { action: "upsert", key: "tenant", fromContext: "metadata.x-scope-orgid" }] });
 */
export function attributes({ actions, include, exclude, name }: AttributesOptions): Processor<Signal> {
  return {
    kind: "processor",
    type: "attributes",
    ...(name === undefined ? {} : { name }),
    options: written({
      include: include && matchOptions(include),
      exclude: exclude && matchOptions(exclude),
      actions: actions.map(actionOptions),
    }),
    carries: everySignal,
  };
}

function actionOptions(action: AttributeAction): OptionValue {
  return written({
    key: "key" in action ? action.key : undefined,
    pattern: "pattern" in action ? literalText(action.pattern) : undefined,
    value: "value" in action ? action.value : undefined,
    from_attribute: "fromAttribute" in action ? action.fromAttribute : undefined,
    from_context: "fromContext" in action ? action.fromContext : undefined,
    default_value: "defaultValue" in action ? action.defaultValue : undefined,
    converted_type: "convertedType" in action ? action.convertedType : undefined,
    action: action.action,
  });
}

function matchOptions(match: AttributeMatch): Options {
  return written({
    match_type: match.matchType,
    services: match.services,
    span_names: match.spanNames,
    span_kinds: match.spanKinds,
    log_bodies: match.logBodies,
    log_severity_texts: match.logSeverityTexts,
    metric_names: match.metricNames,
    attributes: match.attributes?.map(({ key, value }) => written({ key, value })),
    resources: match.resources?.map(({ key, value }) => written({ key, value })),
  });
}
