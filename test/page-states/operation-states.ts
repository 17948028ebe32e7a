import { signedInTo } from './admin-states.ts'
import type { OpenedPage, PageState } from './page-state.ts'

/** By the path below `/admin`, each with what is there when all of the page is. */
const PAGES: Readonly<Record<string, { path: string; shown: string }>> = {
  overview: { path: '/admin', shown: '.chart canvas' },
  errors: { path: '/admin/errors', shown: 'h1' },
  queues: { path: '/admin/queues', shown: '.figures' },
  workers: { path: '/admin/workers', shown: '.table' },
  schedules: { path: '/admin/schedules', shown: '.table' },
  retention: { path: '/admin/retention', shown: '.table' },
  'system-check': { path: '/admin/system-check', shown: '.checks[aria-busy="false"]' },
}

/** The pages of how everything stands, and of what runs. */
export const OPERATION_STATES: readonly PageState[] = Object.entries(PAGES).map(
  ([name, { path, shown }]) => ({
    name: `admin-${name}`,
    async reach(at: OpenedPage) {
      await signedInTo(path)(at)
      await at.page.locator(shown).first().waitFor()
    },
  }),
)
