import { attributeList } from "./otlp-json.ts";
import { neighbours, type Secret } from "./telemetry-secrets.ts";

/** Requests that carry every secret in every place that the redaction looks at, each between neighbours. */
export interface SecretRequests {
  readonly traces: unknown;
  readonly metrics: unknown;
  readonly logs: unknown;
}

/** Secrets as attributes: those of keys under each of their keys, free text in the middle of a sentence, under a key of its own. */
function attributesWith(secrets: readonly Secret[], place: string): Readonly<Record<string, string>> {
  return {
    ...neighbours.attributes,
    ...Object.fromEntries(
      secrets.flatMap(({ rule, keys, text }) =>
        keys.length === 0
          ? [[`${place}.${rule}`, sentence(place, text)] as const]
          : keys.map((key) => [key, text] as const),
      ),
    ),
  };
}

function sentence(place: string, text: string): string {
  return `${place} begins, ${text} ends; ${neighbours.text}`;
}

/** Free text in a place that has no keys: one sentence for each secret. */
function texts(secrets: readonly Secret[], place: string): readonly string[] {
  return secrets.filter(({ keys }) => keys.length === 0).map(({ text }) => sentence(place, text));
}

export function secretRequests(secrets: readonly Secret[], service: string): SecretRequests {
  const now = BigInt(Date.now()) * 1_000_000n;
  const at = { timeUnixNano: String(now) };
  // As attributes, in a map and in a list.
  const list = (place: string): readonly unknown[] => [
    ...attributeList(attributesWith(secrets, place)),
    { key: "group", value: { kvlistValue: { values: attributeList(attributesWith(secrets, `${place}-map`)) } } },
    {
      key: "items",
      value: { arrayValue: { values: texts(secrets, `${place}-list`).map((stringValue) => ({ stringValue })) } },
    },
    ...secrets.flatMap(({ keys, text }) =>
      keys
        .slice(0, 1)
        .map((key) => ({ key: `list.${key}`, value: { arrayValue: { values: [{ stringValue: text }] } } })),
    ),
  ];
  const resource = { attributes: [...list("resource"), ...attributeList({ "service.name": service })] };
  const scope = { name: "judge", attributes: list("scope") };
  const statuses = texts(secrets, "status-message");
  const events = texts(secrets, "event-name");
  return {
    traces: {
      resourceSpans: [
        {
          resource,
          scopeSpans: [
            {
              scope,
              spans: texts(secrets, "span-name").map((name, index) => ({
                traceId: (index + 1).toString(16).padStart(32, "5"),
                spanId: (index + 1).toString(16).padStart(16, "5"),
                name,
                kind: 2,
                startTimeUnixNano: String(now - 5_000_000n),
                endTimeUnixNano: String(now),
                attributes: list("span"),
                events: [{ ...at, name: events[index], attributes: list("event") }],
                status: { code: 2, message: statuses[index] },
              })),
            },
          ],
        },
      ],
    },
    metrics: {
      resourceMetrics: [
        {
          resource,
          scopeMetrics: [
            {
              scope,
              metrics: [
                { name: "judge.gauge", gauge: { dataPoints: [{ ...at, attributes: list("point"), asDouble: 1 }] } },
                {
                  name: "judge.histogram",
                  histogram: {
                    aggregationTemporality: 2,
                    dataPoints: [
                      {
                        ...at,
                        startTimeUnixNano: String(now - 5_000_000n),
                        attributes: list("histogram-point"),
                        count: "1",
                        sum: 1,
                        bucketCounts: ["0", "1"],
                        explicitBounds: [0.5],
                      },
                    ],
                  },
                },
              ],
            },
          ],
        },
      ],
    },
    logs: {
      resourceLogs: [
        {
          resource,
          scopeLogs: [
            {
              scope,
              logRecords: [
                ...texts(secrets, "body").map((body) => ({
                  ...at,
                  body: { stringValue: body },
                  attributes: list("record"),
                })),
                { ...at, body: { kvlistValue: { values: list("map-body") } } },
                {
                  ...at,
                  body: { arrayValue: { values: texts(secrets, "list-body").map((stringValue) => ({ stringValue })) } },
                },
                ...secrets
                  .filter(({ keys }) => keys.length > 0)
                  .map(({ keys: [key = ""], text }) => ({
                    ...at,
                    body: { stringValue: JSON.stringify({ message: "json-body begins", [key]: text }) },
                  })),
              ],
            },
          ],
        },
      ],
    },
  };
}
