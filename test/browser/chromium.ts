import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** Debian's, Chrome's, and macOS's places. */
const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** Starts the Chromium of this machine; `CHROMIUM` names another one. It is sent nowhere and asks for nothing. */
export async function startChromium(): Promise<Browser> {
  const executablePath = process.env["CHROMIUM"] ?? PLACES.find((place) => existsSync(place));
  if (executablePath === undefined) {
    throw new Error(
      "Cannot try the report in a browser: there is no Chromium here. Install one (Debian: apt-get install chromium), or set CHROMIUM to the path of a Chrome or Chromium.",
    );
  }
  return await chromium.launch({
    executablePath,
    // As root, such as in containers, Chromium starts without its sandbox only. It opens our own files.
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-dev-shm-usage",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
