import { mount } from 'svelte';
import '../styles/base.css';
import Claim from './Claim.svelte';

mount(Claim, { target: document.getElementById('app')! });
