/** Short words on what an act came to; the newest stands lowest, each goes by itself or by hand. */

export interface Notice {
  id: number;
  kind: 'good' | 'bad';
  text: string;
  act?: { label: string; run: () => void };
}

const MOST = 4;
const GOOD_FOR = 8000;
const WITH_ACT_FOR = 60_000;

class Notices {
  all = $state<Notice[]>([]);
  #next = 1;

  good(text: string, act?: Notice['act']): void {
    const id = this.#add({ kind: 'good', text, ...(act ? { act } : {}) });
    setTimeout(() => this.dismiss(id), act ? WITH_ACT_FOR : GOOD_FOR);
  }

  /** Bad news waits for the person. */
  bad(text: string): void {
    this.#add({ kind: 'bad', text });
  }

  dismiss(id: number): void {
    this.all = this.all.filter((n) => n.id !== id);
  }

  #add(notice: Omit<Notice, 'id'>): number {
    const id = this.#next++;
    this.all = [...this.all, { ...notice, id }].slice(-MOST);
    return id;
  }
}

export const notices = new Notices();
