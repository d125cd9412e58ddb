import type { SyntheticSeries } from "@plinth/metrics/synthetic";

/**
 * A request of Prometheus' remote write 1.0 with the samples of series at some times (seconds since the epoch, ascending). What `readRemoteWrite` reads.
 *
 * @see https://prometheus.io/docs/specs/prw/remote_write_spec/
 */
export function remoteWriteRequest(series: readonly SyntheticSeries[], times: readonly number[]): Uint8Array {
  const moments = times.map((time) => ({
    time,
    bytes: new Message()
      .number(tag(2, integer))
      .number(Math.round(time * 1000))
      .done(),
  }));
  const request = new Message();
  for (const { name, labels, valueAt } of series) {
    const entry = new Message();
    const sorted = Object.entries({ ...labels, __name__: name }).sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [label, value] of sorted)
      entry.field(1, new Message().field(1, Buffer.from(label)).field(2, Buffer.from(value)).done());
    const before = entry.length;
    for (const { time, bytes } of moments) {
      const value = valueAt(time);
      if (value === undefined) continue;
      entry
        .number(tag(2, counted))
        .number(9 + bytes.length)
        .number(tag(1, double))
        .double(value)
        .bytes(bytes);
    }
    if (entry.length > before) request.field(1, entry.done());
  }
  return uncompressedSnappy(request.done());
}

// Wire types: https://protobuf.dev/programming-guides/encoding/#structure
const integer = 0;
const double = 1;
const counted = 2;

function tag(field: number, wireType: number): number {
  return field * 8 + wireType;
}

/** A message of Protocol Buffers. */
class Message {
  #buffer = Buffer.allocUnsafe(64);
  length = 0;

  /** A field that says how long it is. */
  field(field: number, value: Uint8Array): this {
    return this.number(tag(field, counted)).number(value.length).bytes(value);
  }

  bytes(value: Uint8Array): this {
    this.#room(value.length);
    this.#buffer.set(value, this.length);
    this.length += value.length;
    return this;
  }

  double(value: number): this {
    this.#room(8);
    this.length = this.#buffer.writeDoubleLE(value, this.length);
    return this;
  }

  number(value: number): this {
    this.#room(10);
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.#buffer[this.length++] = (rest % 128) + 128;
    this.#buffer[this.length++] = rest;
    return this;
  }

  done(): Uint8Array {
    return this.#buffer.subarray(0, this.length);
  }

  #room(bytes: number): void {
    if (this.length + bytes <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, this.length + bytes));
    larger.set(this.done());
    this.#buffer = larger;
  }
}

/**
 * Snappy's block format with everything as one literal: nothing is made smaller.
 *
 * @see https://github.com/google/snappy/blob/main/format_description.txt
 */
function uncompressedSnappy(body: Uint8Array): Uint8Array {
  // A literal whose length, less one, stands in four bytes.
  const literal = Buffer.alloc(5);
  literal[0] = 63 << 2;
  literal.writeUInt32LE(Math.max(body.length - 1, 0), 1);
  return Buffer.concat([new Message().number(body.length).done(), literal, body]);
}
