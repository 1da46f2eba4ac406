import { looks } from '../lib/looks.svelte';
import { en, type Texts } from '../text/en';
import { ko } from '../text/ko';

/** The page's texts in the language of the moment. */
export const say = {
  get t(): Texts {
    return looks.language === 'ko' ? ko : en;
  },
};
