import { Command } from "commander";
export function registryCommand(): Command {
  return new Command("registry");
}
