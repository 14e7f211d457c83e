// Bundles courseapp/assets into courseapp/static/dist, which is committed: Node is needed only to change it.
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, "../..");
const DIST = join(HERE, "../static/dist");

// KaTeX names three formats of each face; every browser that runs these pages reads woff2.
const onlyWoff2 = {
  name: "only-woff2",
  setup(builder) {
    builder.onLoad({ filter: /katex\.css$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(/, url\([^)]*\.(woff|ttf)\) format\("[a-z]+"\)/g, ""),
      loader: "css",
    }));
  },
};

// CodeMirror's styles through an adopted stylesheet, so that the policy needs no nonce. See src/style-mod.ts.
const adoptedStyles = {
  name: "adopted-styles",
  setup(builder) {
    builder.onResolve({ filter: /^style-mod$/ }, ({ importer }) =>
      importer.endsWith("style-mod.ts") ? undefined : { path: join(HERE, "src/style-mod.ts") });
  },
};

// KaTeX sets the style of tall delimiters as an attribute, which the policy refuses; through the DOM it may.
const STYLED = /node\.setAttribute\(attr, (this\.attributes\[attr\]|value)\);/g;
const katexStyles = {
  name: "katex-styles",
  setup(builder) {
    builder.onLoad({ filter: /katex\.mjs$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      if (!STYLED.test(text)) throw new Error("KaTeX sets its attributes in another way than build.mjs expects.");
      const contents = text.replace(STYLED, 'if (attr === "style") node.style.cssText = $1; else node.setAttribute(attr, $1);');
      return { contents, loader: "js" };
    });
  },
};

const packageOf = (input) => input.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1];

function writeLicences(metafile) {
  const names = [...new Set(Object.keys(metafile.inputs).map(packageOf).filter(Boolean))].sort();
  const parts = names.map((name) => {
    const folder = join(ROOT, "node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file ? readFileSync(join(folder, file), "utf8").trim() : `Licence: ${license}`;
    return `${name} ${version} (${license})\n${"-".repeat(72)}\n${text}\n`;
  });
  const head = "The files in this folder contain parts of the following packages.\n";
  writeFileSync(join(DIST, "LICENSES"), [head, ...parts].join("\n\n"));
}

rmSync(DIST, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: ROOT,
  entryPoints: { nabla: join(HERE, "src/nabla.ts"), styles: join(HERE, "css/nabla.css") },
  outdir: DIST,
  bundle: true,
  splitting: true,
  preserveSymlinks: true, // the names of chunks come from their paths: a linked node_modules changes none
  format: "esm",
  target: ["es2022", "chrome123", "firefox128", "safari17.5"],
  minify: true,
  legalComments: "none",
  metafile: true,
  entryNames: "[name]",
  chunkNames: "chunk-[name]-[hash]",
  assetNames: "fonts/[name]-[hash]",
  loader: { ".woff2": "file" },
  plugins: [onlyWoff2, adoptedStyles, katexStyles],
  logLevel: "warning",
});
writeLicences(metafile);
copyFileSync(join(HERE, "mark.svg"), join(DIST, "mark.svg"));
for (const [path, { bytes }] of Object.entries(metafile.outputs)) {
  if (!path.endsWith(".woff2")) console.log(`${String(Math.ceil(bytes / 1024)).padStart(6)} KB  ${path}`);
}
