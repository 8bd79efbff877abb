// Judges pages with axe-core and html-validate, and takes pictures: judge-report.mjs FOLDER ''|--docs PAGE...; scripts/judge-report calls it.
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { createRequire } from "node:module";

const [folder, option, ...pages] = process.argv.slice(2);
const require = createRequire(join(folder, "package.json"));
const puppeteer = require("puppeteer-core");
const { HtmlValidate } = require("html-validate");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const LOOKS = [
  { name: "phone", width: 360, scheme: "light" },
  { name: "tablet", width: 768, scheme: "light" },
  { name: "desk", width: 1280, scheme: "light" },
  { name: "dark", width: 1280, scheme: "dark" },
  { name: "dark-phone", width: 360, scheme: "dark" },
  { name: "paper", width: 794, scheme: "light", media: "print" },
].filter(({ name }) => !process.env.JUDGE_LOOKS || process.env.JUDGE_LOOKS.split(" ").includes(name));
const PICTURES = process.env.JUDGE_PICTURES !== "no";
const RULES = { extends: ["html-validate:standard", "html-validate:a11y"], rules: { "long-title": "off", "no-trailing-whitespace": "off" } };

async function look(browser, page, kind) {
  const tab = await browser.newPage();
  const asked = [];
  tab.on("request", (request) => request.url().startsWith("file:") || asked.push(request.url()));
  await tab.setBypassCSP(true); // axe-core is a script, which the page forbids
  await tab.setViewport({ width: kind.width, height: 1000 });
  // one of them at a time: the second call would undo the first
  if (kind.media) await tab.emulateMediaType(kind.media);
  else await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: kind.scheme }]);
  await tab.goto(`file://${page}`);
  await tab.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
  await tab.evaluate(axe);
  const { violations } = await tab.evaluate(() => window.axe.run({ resultTypes: ["violations"] }));
  const wide = await tab.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await tab.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = false)));
  if (PICTURES) writeFileSync(join(folder, `${basename(page, ".html")}-${kind.name}.png`), await tab.screenshot({ fullPage: true }));
  if (PICTURES && kind.media) await tab.pdf({ path: join(folder, `${basename(page, ".html")}.pdf`), format: "A4", margin: { top: "12mm", bottom: "12mm", left: "12mm", right: "12mm" } });
  await tab.close();
  return [
    ...violations.map((one) => `axe ${one.id}: ${one.help}: ${one.nodes[0].html.slice(0, 200)} ${one.nodes[0].failureSummary}`),
    ...asked.map((url) => `asks the network for ${url}`),
    ...(wide > 0 ? [`is ${wide} pixels wider than the screen`] : []),
  ].map((text) => `${basename(page)} (${kind.name}) ${text}`);
}

async function markup(page) {
  const report = await new HtmlValidate(RULES).validateString(readFileSync(page, "utf8"));
  const found = report.results.flatMap((result) => result.messages);
  return found.map((one) => `${basename(page)} line ${one.line} html-validate ${one.ruleId}: ${one.message}`);
}

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
const found = [];
for (const page of pages) {
  found.push(...(await markup(page)));
  for (const kind of LOOKS) found.push(...(await look(browser, page, kind)));
}
if (option === "--docs") {
  // [picture, page, colors, heading of the first card ("" for the top of the page), heading of the last card]: whole cards only
  const pictures = [
    ["finished", "finished.en", "light", "", "timeline"],
    ["failed", "failed.en", "dark", "", "timeline"],
    ["compared", "lost.en", "light", "comparison", "work"],
  ];
  const card = (heading) => {
    const { top, bottom } = document.getElementById(heading).closest(".card").getBoundingClientRect();
    return { top: top + window.scrollY, bottom: bottom + window.scrollY };
  };
  for (const [picture, name, scheme, first, last] of pictures) {
    const tab = await browser.newPage();
    await tab.setViewport({ width: 1080, height: 1100 }); // the tiles are one row
    await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await tab.goto(`file://${pages.find((page) => basename(page) === `${name}.html`)}`);
    const y = first ? (await tab.evaluate(card, first)).top - 18 : 0;
    const clip = { x: 0, y, width: 1080, height: (await tab.evaluate(card, last)).bottom + 18 - y };
    writeFileSync(`docs/report-${picture}.png`, await tab.screenshot({ clip }));
  }
}
await browser.close();
console.log(found.join("\n"));
console.log(`${pages.length} pages, ${LOOKS.length} looks each: ${found.length} violations`);
process.exit(found.length ? 1 : 0);
