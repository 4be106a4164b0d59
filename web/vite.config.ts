import { svelte } from '@sveltejs/vite-plugin-svelte';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

const maplibre = (path: string) => fileURLToPath(new URL(`node_modules/maplibre-gl/src/${path}`, import.meta.url));
const WORKER = 'virtual:map-worker';

// MapLibre is built from its sources, and its worker is a chunk like others, so that what map and worker have in common is
// loaded once: in the files that MapLibre publishes each of the two has all of it.
function mapWorker(): Plugin {
  return {
    name: 'map-worker',
    apply: 'build',
    resolveId: (id) => (id === WORKER ? `\0${WORKER}` : undefined),
    load(id) {
      if (id !== `\0${WORKER}`) return undefined;
      const chunk = this.emitFile({ type: 'chunk', id: maplibre('source/worker.ts'), name: 'map-worker' });
      return `export default import.meta.ROLLUP_FILE_URL_${chunk};`;
    },
  };
}

export default defineConfig({
  plugins: [svelte(), mapWorker()],
  resolve: { alias: [{ find: /^maplibre-gl$/, replacement: maplibre('index.ts') }] },
  // Its sources declare fields that a parent class fills: such declarations must not empty them again.
  oxc: { assumptions: { setPublicClassFields: true }, typescript: { removeClassFieldsWithoutInitializer: true } },
  build: {
    target: 'es2022',
    // The folder keeps a committed .gitignore; the script `build` removes what earlier builds left.
    emptyOutDir: false,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
});
