import { requireNarrower } from "../../../synth/emit/version-constraint";

const FLOOR = ">= 5.100.0, < 7.0.0";

test.each([
  FLOOR,
  ">=5.100,<7",
  ">= 5.100.0, < 6.0.0",
  "> 5.100.0, <= 6.99.0",
  "5.100.0",
  "= 6.1.2",
  // The last number may grow.
  "~> 6",
  "~> 6.0",
  "~> 6.28.1",
  "~> 5.100",
  ">= 6.10, < 6.20, < 6.15",
])("%j admits nothing that the module does not", (constraint) => {
  expect(() => {
    requireNarrower(constraint, FLOOR);
  }).not.toThrow();
});

test.each([
  ">= 5.99",
  ">= 5.100.0",
  "< 7.0.0",
  ">= 5.100.0, < 7.0.1",
  ">= 5.100.0, <= 7.0.0",
  "~> 5.99",
  "~> 5",
  "~> 7.0",
  "5.99.0",
  "7.0.0",
])("%j admits more, and is shown with what the module admits", (constraint) => {
  const check = () => {
    requireNarrower(constraint, FLOOR);
  };
  expect(check).toThrow(`"${constraint}"`);
  expect(check).toThrow(`"${FLOOR}"`);
});

// https://developer.hashicorp.com/terraform/language/expressions/version-constraints: only the last number may grow.
test.each([
  ["~> 6", ">= 6.0.0, < 7.0.0", "< 6.99.0"],
  ["~> 6.10", ">= 6.10.0, < 7.0.0", ">= 6.10.0, < 6.99.0"],
  ["~> 6.10.2", ">= 6.10.2, < 6.11.0", ">= 6.10.2, < 6.10.99"],
  ["6.10", "= 6.10.0", "> 6.10.0"],
])("%j is %j", (constraint, same, less) => {
  for (const [one, other] of [
    [constraint, same],
    [same, constraint],
  ] as const)
    expect(() => {
      requireNarrower(one, other);
    }).not.toThrow();
  expect(() => {
    requireNarrower(constraint, less);
  }).toThrow(constraint);
});

test.each(["", "six", "6.x", "^6.0", ">= 6.0 < 7.0", ">= 6.0 || < 5.0", "6.0.0.0", ">=", "latest", ">= 6.0,"])(
  "%j is no constraint, and is shown with one that is",
  (constraint) => {
    const check = () => {
      requireNarrower(constraint, FLOOR);
    };
    expect(check).toThrow(`"${constraint}" is not a version constraint`);
    expect(check).toThrow('"~> 6.10"');
  },
);

test.each([">= 6.0, < 6.0", "~> 6.10, < 6.5"])("%j, which no version meets, is refused", (constraint) => {
  expect(() => {
    requireNarrower(constraint, FLOOR);
  }).toThrow(`"${constraint}"`);
});
