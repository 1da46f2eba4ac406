/** What the person chose of language and colours: remembered, else what browser and system say. */

import type { Language } from './format';

export type Theme = 'system' | 'light' | 'dark';

const LANGUAGE = 'sunchak.language';
const THEME = 'sunchak.theme';

function remembered(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A browser that keeps nothing: the choice then lasts as long as the page.
  }
}

function firstLanguage(): Language {
  const chosen = remembered(LANGUAGE);
  if (chosen === 'ko' || chosen === 'en') return chosen;
  return navigator.language.toLowerCase().startsWith('ko') ? 'ko' : 'en';
}

function firstTheme(): Theme {
  const chosen = remembered(THEME);
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
}

class Looks {
  language = $state<Language>(firstLanguage());
  theme = $state<Theme>(firstTheme());
  systemDark = $state(matchMedia('(prefers-color-scheme: dark)').matches);
  dark = $derived(this.theme === 'system' ? this.systemDark : this.theme === 'dark');

  constructor() {
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', (e) => (this.systemDark = e.matches));
    this.#show();
  }

  speak(language: Language): void {
    this.language = language;
    remember(LANGUAGE, language);
    this.#show();
  }

  paint(theme: Theme): void {
    this.theme = theme;
    remember(THEME, theme);
    this.#show();
  }

  #show(): void {
    document.documentElement.lang = this.language;
    if (this.theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = this.theme;
  }
}

export const looks = new Looks();
