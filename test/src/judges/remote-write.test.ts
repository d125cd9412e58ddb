import { describe, expect, it } from "vitest";
import { readRemoteWrite } from "./remote-write.ts";

/** A field of Protocol Buffers whose content has a length. */
const field = (number: number, content: Uint8Array): Uint8Array =>
  Buffer.concat([Buffer.from([number * 8 + 2, content.length]), content]);
const text = (number: number, value: string): Uint8Array => field(number, Buffer.from(value));
const label = (name: string, value: string): Uint8Array => field(1, Buffer.concat([text(1, name), text(2, value)]));
const sample = (value: number, timestamp: number): Uint8Array => {
  const bytes = Buffer.alloc(11);
  bytes[0] = 8 + 1;
  bytes.writeDoubleLE(value, 1);
  bytes[9] = 16;
  bytes[10] = timestamp;
  return field(2, bytes);
};
const series = (...parts: Uint8Array[]): Uint8Array => field(1, Buffer.concat(parts));

/** Snappy without any compression: one literal, whose length is in one byte of its own. */
const literal = (message: Uint8Array): Uint8Array =>
  Buffer.concat([Buffer.from([message.length, 60 * 4, message.length - 1]), message]);

describe("a request of remote write", () => {
  const message = series(
    label("__name__", "calls_total"),
    label("job", "cart"),
    sample(7, 1),
    sample(9, 2),
    sample(8, 1),
  );

  it("gives the newest sample of each series", () => {
    expect(readRemoteWrite(literal(message))).toEqual([
      {
        name: "calls_total",
        labels: new Map([
          ["__name__", "calls_total"],
          ["job", "cart"],
        ]),
        value: 9,
        timestamp: 2,
      },
    ]);
  });

  it("may repeat what it has written: a copy that reaches into itself", () => {
    const repeated = series(label("__name__", "aaaaaaaaaaaaaaaa"));
    const begins = repeated.length - 15;
    const compressed = Buffer.concat([
      Buffer.from([repeated.length, (begins - 1) * 4]),
      repeated.subarray(0, begins),
      // 15 bytes from one byte back, with an offset of two bytes.
      Buffer.from([14 * 4 + 2, 1, 0]),
    ]);
    expect(readRemoteWrite(compressed).map(({ name }) => name)).toEqual(["aaaaaaaaaaaaaaaa"]);
  });

  it("is an error when it ends early", () => {
    for (const length of [1, 4, message.length])
      expect(() => readRemoteWrite(literal(message).subarray(0, length))).toThrow(RangeError);
  });
});
