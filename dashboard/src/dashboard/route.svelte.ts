/** Which page is shown: `#/failures?campaign=…`. Kept in the address so that it can be sent to a colleague. */

export const PAGES = ['live', 'failures', 'consistency', 'campaigns', 'users', 'audit'] as const;
export type PageName = (typeof PAGES)[number];

export interface Route {
  page: PageName;
  query: URLSearchParams;
}

export function routeOf(fragment: string): Route {
  const [path = '', query = ''] = fragment.replace(/^#\/?/, '').split('?');
  const page = PAGES.find((p) => p === path) ?? 'live';
  return { page, query: new URLSearchParams(query) };
}

export function hrefOf(page: PageName, query: Record<string, string> = {}): string {
  const text = new URLSearchParams(query).toString();
  return `#/${page === 'live' ? '' : page}${text ? `?${text}` : ''}`;
}

class Router {
  at = $state.raw<Route>(routeOf(location.hash));

  follow = (): void => {
    this.at = routeOf(location.hash);
  };

  /** Keeps a filter in the address without a step in the history. */
  note(page: PageName, query: Record<string, string>): void {
    history.replaceState(history.state, '', hrefOf(page, query));
  }
}

export const router = new Router();
