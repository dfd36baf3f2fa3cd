import { defineConfig } from "vite";

/** Leaves the names of the page's files, so that the server need not look into folders. */
const listOfFiles = {
  name: "list-of-files",
  generateBundle(_options, bundle) {
    const names = Object.keys(bundle).filter((name) => name !== "index.html");
    this.emitFile({ type: "asset", fileName: "files.json", source: JSON.stringify(names) });
  },
};

export default defineConfig({
  base: "./",
  plugins: [listOfFiles],
  // Of the libraries in the page: minifying drops what they say in their sources.
  build: { license: { fileName: "licenses.md" }, emptyOutDir: true, modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
});
