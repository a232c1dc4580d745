import { differences } from "./view";

test("two views differ in what one of them has, and in what it has more often", () => {
  expect(differences(["a", "b"], ["b", "a"])).toEqual([]);
  expect(differences(["a", "b"], ["a", "c"])).toEqual(["+ b", "- c"]);
  // A VPC link, and the first one, whose answer was lost.
  expect(differences(["link", "link"], ["link"])).toEqual(["+ link"]);
  expect(differences(["link"], ["link", "link"])).toEqual(["- link"]);
});
