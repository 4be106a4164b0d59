import { mount } from 'svelte';
import App from './App.svelte';
import { apply } from './lib/settings.svelte';
import './styles.css';

apply();
mount(App, { target: document.getElementById('app') as HTMLElement });
