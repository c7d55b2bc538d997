// The staff's application: one page, hashed files, nothing inline (the server's content policy forbids it).
import { defineConfig, type Plugin } from "vite";

const root = new URL(".", import.meta.url).pathname;
const library = (path: string) => new URL(`../node_modules/${path}`, import.meta.url).pathname;

// FAZHI_MOCK names a module with a middleware that stands in for the server while developing.
async function standIn(): Promise<Plugin[]> {
  const path = process.env.FAZHI_MOCK;
  return path ? [(await import(/* @vite-ignore */ path)).default() as Plugin] : [];
}

export default defineConfig(async () => ({
  root,
  plugins: await standIn(),
  resolve: {
    alias: {
      // The build of libheif that asks for no eval; its package exports only a loader through a blob.
      "libheif": library("heic-to/src/lib/libheif-without-unsafe-eval.js"),
    },
  },
  worker: { format: "es" as const },
  build: {
    target: "es2021",
    outDir: process.env.FAZHI_WEB ?? new URL("../dist/app", import.meta.url).pathname,
    emptyOutDir: true,
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    rollupOptions: {
      // Of antd's files, each of which begins with "use client"; nothing here renders on a server.
      onwarn: (warning, warn) => warning.code === "MODULE_LEVEL_DIRECTIVE" || warn(warning),
    },
  },
  server: {
    proxy: process.env.FAZHI_MOCK
      ? undefined
      : { "/api": { target: process.env.FAZHI_SERVER ?? "http://127.0.0.1:8080", changeOrigin: false } },
  },
}));
