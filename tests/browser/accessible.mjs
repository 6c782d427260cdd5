// Opens pages in headless Chromium at two widths, light and dark, and lets axe-core look for what keeps people out.
//
//   node accessible.mjs CHROMIUM TOOLS PICTURES PAGE…
//
// TOOLS is the folder with node_modules. A page passes if axe-core finds no violation of WCAG 2.2 AA or of its best
// practices, if all JSON-LD can be read, and if nothing but the page itself is fetched. Pictures and a print are left in PICTURES.
import { createRequire } from "node:module";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [chromium, tools, pictures, ...pages] = process.argv.slice(2);
const require = createRequire(join(resolve(tools), "package.json"));
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const driver = require("playwright-core").chromium;

const SIZES = [[320, 800], [1280, 900]];
const SCHEMES = ["light", "dark"];
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

mkdirSync(pictures, { recursive: true });
const profile = mkdtempSync(join(tmpdir(), "onetext-axe-"));
const browser = await driver.launchPersistentContext(profile, {
  executablePath: chromium,
  headless: true,
  bypassCSP: true,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
let wrong = 0, looks = 0;
const tell = (where, what) => { wrong += 1; console.log(`${where}: ${what}`); };

for (const file of pages) {
  const name = `${basename(dirname(resolve(file)))}-${basename(file, ".html")}`;
  for (const [width, height] of SIZES) {
    for (const scheme of SCHEMES) {
      const where = `${file} at ${width} px, ${scheme}`;
      const page = await browser.newPage();
      const fetched = [];
      page.on("request", one => fetched.push(one.url()));
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme: scheme });
      await page.goto(pathToFileURL(resolve(file)).href);
      for (const url of fetched.slice(1)) tell(where, `fetches ${url}`);
      const unread = await page.$$eval("script", all => all.flatMap(one => {
        try { JSON.parse(one.textContent); return one.type === "application/ld+json" ? [] : [one.type]; }
        catch (why) { return [String(why)]; }
      }));
      for (const why of unread) tell(where, `a script element is no data: ${why}`);
      await page.$$eval("details", all => all.forEach(one => { one.open = true; }));
      await page.evaluate(axe);
      const found = await page.evaluate(tags => axe.run({ runOnly: tags }), TAGS);
      for (const { id, help, nodes } of found.violations) {
        tell(where, `${id}: ${help}: ${nodes.slice(0, 3).map(one => one.html).join(" ")}`);
      }
      await page.screenshot({ path: join(pictures, `${name}-${width}-${scheme}.png`) });
      if (width === 1280 && scheme === "light") await page.pdf({ path: join(pictures, `${name}.pdf`), format: "A4" });
      await page.close();
      looks += 1;
    }
  }
}
await browser.close();
rmSync(profile, { recursive: true, force: true });
console.log(`${looks} looks with axe-core, ${wrong} findings; pictures and prints: ${resolve(pictures)}`);
process.exit(wrong === 0 && looks > 0 ? 0 : 1);
