import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

export default {
  preprocess: vitePreprocess(),
  // What scrolls must be reached by keyboard, although nothing in it can be pressed.
  compilerOptions: { warningFilter: (warning) => warning.code !== 'a11y_no_noninteractive_tabindex' },
};
