import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeHtml, html, jsonText } from "./html.ts";

const hostile = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("<script>alert(1)</script>", '" onclick="x', "</script><script>", "' style='", "<!--", "&lt;", "]]>"),
);

describe("what is filled into HTML", () => {
  it("stays text", () =>
    fc.assert(
      fc.property(hostile, hostile, (title, name) => {
        const text = html`<b title="${title}">${name}</b>`.html;
        expect(text.match(/[<>]/g)).toEqual(["<", ">", "<", ">"]);
        expect(text.match(/["']/g)).toEqual(['"', '"']);
      }),
    ));

  it("is put in as it is where it is HTML already", () =>
    expect(html`<i>${html`<b>${"&"}</b>`}${[html`1`, html`2`]}${undefined}${3}</i>`.html).toBe(
      "<i><b>&amp;</b>123</i>",
    ));

  it("loses what no HTML may hold", () => expect(escapeHtml("a\u0000\u001b\ud800b")).toBe("a\ufffd\ufffd\ufffdb"));
});

describe("data within a script", () => {
  it("never ends it, and comes back", () =>
    fc.assert(
      fc.property(hostile, (text) => {
        const written = jsonText({ text }).html;
        expect(written).not.toContain("<");
        expect(JSON.parse(written)).toEqual({ text });
      }),
    ));
});
