import { textOf } from "../../cli/input";

test("a file that the user names, and that does not exist, is named", () => {
  expect(() => textOf("none.json")).toThrow('The file "none.json" does not exist.');
  expect(textOf("package.json")).toContain('"name": "terraform-aws-wallarm-routing"');
});
