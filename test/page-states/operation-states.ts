import { signedInTo } from './admin-states.ts'
import type { OpenedPage, PageState } from './page-state.ts'

interface Shown {
  path: string
  /** What is there when all of the page is. */
  shown: string
}

/** By what they are called after `admin-`. */
const PAGES: Readonly<Record<string, Shown>> = {
  overview: { path: '/admin', shown: '.chart canvas' },
  errors: { path: '/admin/errors', shown: 'h1' },
  queues: { path: '/admin/queues', shown: '.figures' },
  workers: { path: '/admin/workers', shown: '.table' },
  schedules: { path: '/admin/schedules', shown: '.table' },
  retention: { path: '/admin/retention', shown: '.table' },
  'system-check': { path: '/admin/system-check', shown: '.checks[aria-busy="false"]' },
}

/** The same where jobs are paused, and a schedule and the self-check failed. */
const TROUBLED: Readonly<Record<string, Shown>> = {
  'overview-troubled': { path: '/admin', shown: '.attention li:nth-child(4)' },
  'queues-paused': { path: '/admin/queues', shown: '.figures' },
  'schedules-failed': { path: '/admin/schedules', shown: '.table' },
  'self-check-failed': { path: '/admin/system-check', shown: '.checks[aria-busy="false"]' },
}

const setQueue = ({ page }: OpenedPage, action: 'pause' | 'resume') =>
  page.evaluate(path => fetch(path, { method: 'POST' }).then(() => {}), `/admin/queues/convert/${action}`)

async function open(at: OpenedPage, { path, shown }: Shown): Promise<void> {
  await at.page.goto(at.stage.url + path)
  await at.page.locator(shown).first().waitFor()
}

async function openTroubled(at: OpenedPage, shown: Shown): Promise<void> {
  await signedInTo('/admin/audit')(at)
  await setQueue(at, 'pause')
  await at.stage.rows.failRuns({
    'self-check': 'wrong_text',
    orphans: "EACCES: permission denied, scandir '/data/files'",
  })
  await open(at, shown)
}

async function calm(at: OpenedPage): Promise<void> {
  await at.stage.rows.failRuns({})
  await setQueue(at, 'resume')
}

/** The pages of how everything stands, and of what runs. */
export const OPERATION_STATES: readonly PageState[] = [
  ...Object.entries(PAGES).map(([name, page]) => ({
    name: `admin-${name}`,
    async reach(at: OpenedPage) {
      await signedInTo(page.path)(at)
      await at.page.locator(page.shown).first().waitFor()
    },
  })),
  {
    name: 'admin-overview-tables',
    async reach(at) {
      await signedInTo('/admin')(at)
      await at.page.locator('.chart canvas').first().waitFor()
      for (const summary of await at.page.locator('.chart summary').all()) await summary.click()
    },
  },
  ...Object.entries(TROUBLED).map(([name, page]) => ({
    name: `admin-${name}`,
    reach: (at: OpenedPage) => openTroubled(at, page),
    leave: calm,
  })),
]
