// Runs the unit tests of the page modules: bundles each test with what it imports, then node's own runner.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const tests = readdirSync(join(HERE, "test")).filter((name) => name.endsWith(".test.ts"));
const out = mkdtempSync(join(HERE, "../../node_modules/.nabla-test-"));
await build({
  entryPoints: tests.map((name) => join(HERE, "test", name)),
  outdir: out,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  platform: "node",
  format: "esm",
  logLevel: "warning",
});
const { status } = spawnSync(process.execPath, ["--test", ...readdirSync(out).map((name) => join(out, name))], { stdio: "inherit" });
rmSync(out, { recursive: true });
process.exit(status ?? 1);
