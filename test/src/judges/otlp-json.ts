import { fieldAt, isRecord, listAt } from "@plinth/core";

/**
 * Attributes of texts, as OTLP writes them in JSON.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
export function attributeList(attributes: Readonly<Record<string, string>>): readonly unknown[] {
  return Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } }));
}

/** The attributes of a resource, a span or a record, as text. */
export function attributesOf(holder: unknown): ReadonlyMap<string, string> {
  return new Map(
    listAt(holder, "attributes").map((attribute) => [
      String(fieldAt(attribute, "key")),
      textOfValue(fieldAt(attribute, "value")),
    ]),
  );
}

/** A value as text: a text as it is, anything else as JSON. */
export function textOfValue(value: unknown): string {
  const text = fieldAt(value, "stringValue");
  if (typeof text === "string") return text;
  const first = isRecord(value) ? Object.values(value)[0] : undefined;
  return typeof first === "object" ? JSON.stringify(value) : String(first ?? "");
}

/**
 * Sends a request of OTLP over HTTP.
 *
 * @returns The status of the answer.
 * @see https://opentelemetry.io/docs/specs/otlp/#otlphttp
 */
export async function postOtlp(
  address: string,
  signalName: "traces" | "metrics" | "logs",
  request: unknown,
  signal: AbortSignal,
): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(`${address}/v1/${signalName}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(request),
    signal: AbortSignal.any([signal, AbortSignal.timeout(60_000)]),
  });
  return { status: response.status, text: await response.text() };
}
