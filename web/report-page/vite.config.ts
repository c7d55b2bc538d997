// The report's page script as one file without imports: it stands inside the HTML (src/document).
// --outDir says where to (CMake passes it).
import { defineConfig } from "vite";

export default defineConfig({
  build: {
    target: "es2020",
    emptyOutDir: false,
    lib: {
      entry: new URL("page.ts", import.meta.url).pathname,
      formats: ["iife"],
      name: "FazhiReport",
      fileName: () => "report_page.js",
    },
  },
});
