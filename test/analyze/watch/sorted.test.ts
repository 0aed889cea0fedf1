import { array, assert, boolean, integer, property, record } from "fast-check";
import { expect, test } from "vitest";
import { Sorted } from "../../../src/analyze/watch/sorted.ts";

type Item = { key: number; age: number };
const compare = (a: Item, b: Item) => a.key - b.key || a.age - b.age;

test("is what sorting everything would be, whatever comes and goes between looks", () => {
  const step = record({ key: integer({ min: 0, max: 9 }), remove: boolean(), look: boolean() });
  assert(
    property(array(step, { maxLength: 200 }), (steps) => {
      const sorted = new Sorted<Item>(compare);
      const model: Item[] = [];
      steps.forEach(({ key, remove, look }, age) => {
        const item = model[key];
        if (remove && item !== undefined) {
          sorted.delete(item);
          model.splice(key, 1);
        } else {
          const fresh = { key, age };
          sorted.add(fresh);
          model.push(fresh);
        }
        if (look) expect(sorted.items).toEqual(model.toSorted(compare));
      });
      expect(sorted.items).toEqual(model.toSorted(compare));
    }),
    { numRuns: 200 },
  );
});

test("begins anew in another order", () => {
  const sorted = new Sorted<Item>(compare);
  const items = [1, 2, 3].map((key) => ({ key, age: 0 }));
  for (const item of items) sorted.add(item);
  const before = sorted.items;
  sorted.reset(items, (a, b) => b.key - a.key);
  expect(sorted.items.map(({ key }) => key)).toEqual([3, 2, 1]);
  expect(before.map(({ key }) => key)).toEqual([1, 2, 3]);
});
