import { mount } from 'svelte';
import '../styles/base.css';
import Report from './Report.svelte';
import { read } from './results';

mount(Report, { target: document.getElementById('app')!, props: { held: read(document.getElementById('data')!.textContent) } });
