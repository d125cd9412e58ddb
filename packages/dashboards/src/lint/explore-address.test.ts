import { describe, expect, it } from "vitest";
import { logsLink, tracesLink } from "../model/link.ts";
import { exploreQueries } from "./explore-address.ts";

const description = "d";

describe("an address of Explore", () => {
  it("has the queries that a link was made of", () => {
    expect(exploreQueries(tracesLink("T", '{ name = "50 % & more + 1" }', { description }).url)).toEqual([
      { type: "tempo", query: '{ name = "50 % & more + 1" }' },
    ]);
    expect(exploreQueries(logsLink("L", '{service_name="a"} |~ `b=c&d`', { description }).url)).toEqual([
      { type: "loki", query: '{service_name="a"} |~ `b=c&d`' },
    ]);
  });

  it("is read in the form from before Grafana 10, too", () =>
    expect(
      exploreQueries(
        `/explore?left=${encodeURIComponent('{"datasource":"${loki_datasource}","queries":[{"expr":"{a=\\"b\\"}"}]}')}`,
      ),
    ).toEqual([{ type: "loki", query: '{a="b"}' }]));

  it("says when its panes cannot be read", () => {
    expect(exploreQueries("/explore?panes=%7B")).toBe("unreadable");
    expect(exploreQueries("/explore?panes=%")).toBe("unreadable");
    expect(exploreQueries("/explore?panes=[1]")).toBe("unreadable");
  });

  it.each(["/d/service-cart", "/explore", "/explore?schemaVersion=1", "https://example.com/explore?panes=%7B", ""])(
    "is not %j",
    (address) => expect(exploreQueries(address)).toBeUndefined(),
  );
});
