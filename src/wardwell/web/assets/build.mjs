// Builds what the browser is given: `npm run build`. Compiles the styles and copies a short, named list of files into
// `built/`, which is not kept in git. Source map comments are removed: the maps are not shipped, and a static file
// storage that hashes names would look for them.
import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../../../..");
const packages = join(root, "node_modules");
const built = join(here, "built");

const scripts = {
  "govuk-frontend.js": "govuk-frontend/dist/govuk/govuk-frontend.min.js",
  "moj-frontend.js": "@ministryofjustice/frontend/moj/moj-frontend.min.js",
  "htmx.js": "htmx.org/dist/htmx.esm.min.js",
  // These two keep their names: the first looks for the second beside itself.
  "maplibre-gl.mjs": "maplibre-gl/dist/maplibre-gl.mjs",
  "maplibre-gl-worker.mjs": "maplibre-gl/dist/maplibre-gl-worker.mjs",
};
const ourScripts = ["supported.js", "start.js", "map.js", "palette.js"];
const fonts = "@expo-google-fonts/source-sans-3";
const files = {
  "styles/maplibre-gl.css": "maplibre-gl/dist/maplibre-gl.css",
  "fonts/SourceSans3-Regular.ttf": `${fonts}/400Regular/SourceSans3_400Regular.ttf`,
  "fonts/SourceSans3-Bold.ttf": `${fonts}/700Bold/SourceSans3_700Bold.ttf`,
  "fonts/LICENCE.txt": `${fonts}/LICENSE_FONT`,
};

const withoutMap = (text) =>
  text.replace(/\/\/# sourceMappingURL=\S*/g, "").replace(/\/\*# sourceMappingURL=.*?\*\//g, "");

function place(name, content) {
  const target = join(built, name);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, content);
}

function copy(name, source) {
  if (/\.(js|mjs|css)$/.test(name)) return place(name, withoutMap(readFileSync(source, "utf8")));
  mkdirSync(dirname(join(built, name)), { recursive: true });
  return copyFileSync(source, join(built, name));
}

rmSync(built, { recursive: true, force: true });
// The Ministry's alert still uses a mixin that GOV.UK Frontend has deprecated; any other warning is ours to see.
const logger = { warn: (message) => /`govuk-text-colour` mixin/.test(message) || console.warn(message) };
const settings = { loadPaths: [root], quietDeps: true, style: "compressed", logger };
const styles = compile(join(here, "styles/wardwell.scss"), settings);
place("styles/wardwell.css", styles.css);
for (const [name, path] of Object.entries(scripts)) copy(`scripts/${name}`, join(packages, path));
for (const name of ourScripts) copy(`scripts/${name}`, join(here, "scripts", name));
for (const [name, path] of Object.entries(files)) copy(name, join(packages, path));
// A published document looks the same on the site as in the file that is taken away.
copy("styles/document.css", join(here, "../../publication/documents/styles/document.css"));
for (const name of ["mark.svg"]) copy(`images/${name}`, join(here, "images", name));

const size = (name) => `${String(Math.ceil(statSync(join(built, name)).size / 1024)).padStart(6)} kB  ${name}`;
const names = ["styles/wardwell.css", ...Object.keys(scripts).concat(ourScripts).map((name) => `scripts/${name}`)];
console.log([...names, ...Object.keys(files), "images/mark.svg"].map(size).join("\n"));
