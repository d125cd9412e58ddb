import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { componentTypes } from "../configuration/component-types.ts";
import { type OptionShape, parseOptionShape, printOptionShape, scalarShapes } from "./option-shape.ts";
import { optionShapeOf, optionShapes } from "./option-shapes.ts";

const { shape: someShape } = fc.letrec<{ shape: OptionShape }>((tie) => ({
  shape: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(...scalarShapes),
    tie("shape").map((list) => ({ list })),
    tie("shape").map((map) => ({ map })),
    fc
      .record({
        options: fc.dictionary(fc.stringMatching(/^[a-z][a-z0-9._]{0,8}$/), tie("shape"), { maxKeys: 5 }),
        others: fc.option(tie("shape"), { nil: undefined }),
      })
      .map(({ options, others }) => (others === undefined ? { options } : { options, others })),
  ),
}));

describe("a shape of options", () => {
  it("is read as it was written", () => {
    fc.assert(
      fc.property(someShape, (shape) => {
        expect(printOptionShape(parseOptionShape(printOptionShape(shape)))).toBe(printOptionShape(shape));
        expect(parseOptionShape(printOptionShape(shape))).toEqual(shape);
      }),
    );
  });

  it("is no other text", () => {
    for (const text of ["", "texts", "[text", "{a}", "{a:text", "text]", "{a:text b:text}"])
      expect(() => parseOptionShape(text)).toThrow(SyntaxError);
  });
});

describe("the shapes of all components", () => {
  it("can be read, and are written in one way", () => {
    for (const shapes of Object.values(optionShapes))
      for (const text of Object.values(shapes)) expect(printOptionShape(parseOptionShape(text))).toBe(text);
  });

  it("are those of types that Plinth knows, and every type that a factory makes has one", () => {
    for (const [kind, shapes] of Object.entries(optionShapes))
      for (const type of Object.keys(shapes))
        expect(Object.hasOwn(Object(Reflect.get(componentTypes, kind)), type)).toBe(true);
    expect(optionShapeOf("receiver", "k8s_cluster")).toBeDefined();
    expect(optionShapeOf("receiver", "unheard_of")).toBeUndefined();
  });
});
