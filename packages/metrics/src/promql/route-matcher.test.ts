import { describe, expect, it } from "vitest";
import { routeMatcher } from "./route-matcher.ts";

function matches(route: string, value: string, options?: { readonly method: boolean }): boolean {
  return new RegExp(`^(?:${routeMatcher(route, options).value})$`).test(value);
}

describe("a route", () => {
  it.each([
    ["/points", ["/points"], ["/points/1", "/pointsX", "GET /points"]],
    ["/points/*", ["/points/1"], ["/points", "/points/1/2"]],
    ["/points/**", ["/points", "/points/1", "/points/1/2"], ["/pointsX"]],
    ["/v1.0/{id}", ["/v1.0/{id}"], ["/v1x0/{id}"]],
  ])("%s", (route, those, others) => {
    expect(those.filter((value) => !matches(route, value))).toEqual([]);
    expect(others.filter((value) => matches(route, value))).toEqual([]);
  });
});

describe("the name of a span is about a route", () => {
  it.each([
    ["/points", "/points", true],
    ["/points", "GET /points", true],
    ["/points", "GET /points/1", false],
    ["/points/*", "GET /points/1", true],
    ["/points/*", "GET /points/1/history", false],
    ["/points/**", "GET /points", true],
    ["/points/**", "PUT /points/1/history", true],
    ["/points/{id}", "GET /points/{id}", true],
    ["/a.b", "/aXb", false],
  ])("%s: %s is %s", (route, name, expected) => expect(matches(route, name, { method: true })).toBe(expected));
});
