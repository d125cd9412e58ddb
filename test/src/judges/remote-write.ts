/** A series as Prometheus' remote write sends it, with its newest sample. */
export interface WrittenSeries {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
}

/**
 * The series of a request of Prometheus' remote write 1.0: a `WriteRequest` of Protocol Buffers, compressed with Snappy.
 *
 * @throws RangeError when the body ends early.
 * @see https://prometheus.io/docs/specs/prw/remote_write_spec/
 */
export function readRemoteWrite(body: Uint8Array): readonly WrittenSeries[] {
  return messages(uncompressed(body), 1).map((series) => {
    const labels = new Map(messages(series, 1).map((label) => [text(label, 1), text(label, 2)]));
    const samples = messages(series, 2).map((sample) => {
      const fields = fieldsOf(sample);
      const value = fields.find(({ number }) => number === 1)?.bytes;
      const timestamp = fields.find(({ number }) => number === 2)?.integer ?? 0;
      return { value: value === undefined ? 0 : viewOf(value).getFloat64(0, true), timestamp };
    });
    const newest = samples.sort((a, b) => b.timestamp - a.timestamp)[0] ?? { value: 0, timestamp: 0 };
    return { name: labels.get("__name__") ?? "", labels, ...newest };
  });
}

interface Field {
  readonly number: number;
  /** Of a variable-length integer; those beyond 2^53 lose digits. */
  readonly integer?: number;
  /** Of all others. */
  readonly bytes?: Uint8Array;
}

/** @see https://protobuf.dev/programming-guides/encoding/ */
function fieldsOf(message: Uint8Array): readonly Field[] {
  const fields: Field[] = [];
  let at = 0;
  while (at < message.length) {
    const tag = readInteger(message, at);
    at = tag.next;
    const number = Math.floor(tag.value / 8);
    const wireType = tag.value % 8;
    if (wireType === 0) {
      const integer = readInteger(message, at);
      fields.push({ number, integer: integer.value });
      at = integer.next;
      continue;
    }
    const size = wireType === 2 ? readInteger(message, at) : { value: wireType === 1 ? 8 : 4, next: at };
    fields.push({ number, bytes: part(message, size.next, size.value) });
    at = size.next + size.value;
  }
  return fields;
}

function messages(message: Uint8Array, field: number): readonly Uint8Array[] {
  return fieldsOf(message).flatMap(({ number, bytes }) => (number === field && bytes !== undefined ? [bytes] : []));
}

function text(message: Uint8Array, field: number): string {
  return Buffer.from(messages(message, field)[0] ?? []).toString("utf8");
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Seven bits in each byte, the lowest first. */
function readInteger(bytes: Uint8Array, from: number): { readonly value: number; readonly next: number } {
  let value = 0;
  for (let at = from, factor = 1; ; at++, factor *= 128) {
    const byte = byteAt(bytes, at);
    value += (byte % 128) * factor;
    if (byte < 128) return { value, next: at + 1 };
  }
}

function byteAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw new RangeError(`The message ends before byte ${at}.`);
  return byte;
}

function part(bytes: Uint8Array, from: number, size: number): Uint8Array {
  if (from + size > bytes.length) throw new RangeError(`The message ends before byte ${from + size}.`);
  return bytes.subarray(from, from + size);
}

/**
 * Snappy's block format: literals, and copies of what is already there.
 *
 * @see https://github.com/google/snappy/blob/main/format_description.txt
 */
function uncompressed(body: Uint8Array): Uint8Array {
  const size = readInteger(body, 0);
  const output = new Uint8Array(size.value);
  let at = size.next;
  let written = 0;
  while (at < body.length) {
    const tag = byteAt(body, at++);
    const kind = tag & 3;
    if (kind === 0) {
      const extra = Math.max((tag >> 2) - 59, 0);
      const length = 1 + (extra === 0 ? tag >> 2 : littleEndian(part(body, at, extra)));
      at += extra;
      output.set(part(body, at, length), written);
      at += length;
      written += length;
      continue;
    }
    const offsetSize = kind === 1 ? 1 : kind === 2 ? 2 : 4;
    const low = littleEndian(part(body, at, offsetSize));
    at += offsetSize;
    const offset = kind === 1 ? (tag >> 5) * 256 + low : low;
    const length = kind === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
    // A copy may reach into itself: it repeats what it writes.
    for (let copied = 0; copied < length; copied++, written++) output[written] = byteAt(output, written - offset);
  }
  return output;
}

function littleEndian(bytes: Uint8Array): number {
  return bytes.reduceRight((value, byte) => value * 256 + byte, 0);
}
