import { describe, expect, test } from "vitest";
import { block, podsIn } from "./peer.ts";

describe("pods as a peer", () => {
  test("are one namespace and the labels of its pods, together", () => {
    expect(podsIn("team-a", { app: "web" })).toEqual({ kind: "pods", namespace: "team-a", labels: { app: "web" } });
  });

  test.each<Record<string, string>>([{}, { "not a key": "x" }, { app: "not a value!" }])(
    "are not selected by %j",
    (labels) => {
      expect(() => podsIn("team-a", labels)).toThrow(RangeError);
    },
  );
});

describe("a block as a peer", () => {
  test("never holds the metadata service", () => {
    expect(block("0.0.0.0/0").except).toEqual(["169.254.169.254/32"]);
    expect(block("169.254.0.0/16", { except: ["169.254.20.0/24"] }).except).toEqual([
      "169.254.169.254/32",
      "169.254.20.0/24",
    ]);
    expect(block("::/0").except).toEqual(["fd00:ec2::254/128"]);
    expect(() => block("169.254.169.254/32")).toThrow("169.254.169.254/32 is the metadata service");
  });

  test("takes it out once", () => {
    expect(block("0.0.0.0/0", { except: ["169.254.0.0/16"] }).except).toEqual(["169.254.0.0/16"]);
  });

  test("has exceptions that lie inside it", () => {
    expect(() => block("10.0.0.0/8", { except: ["192.168.0.0/16"] })).toThrow(
      "192.168.0.0/16 is no part of 10.0.0.0/8",
    );
    expect(() => block("10.0.0.0/8", { except: ["10.0.0.0/8"] })).toThrow(RangeError);
    expect(() => block("10.0.0.0/8", { except: ["0.0.0.0/0"] })).toThrow(RangeError);
  });
});
