import { type Browser, chromium } from "playwright-core";
import { pathOf } from "./tools";

/** The browser of the machine. Docker's and CI's root has no sandbox. */
export function launchBrowser(): Promise<Browser> {
  const executablePath = pathOf("chromium-headless-shell");
  return chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
}
