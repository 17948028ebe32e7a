import { goTo, isLive, loadPictures, type OpenedPage, type PageState } from './page-state.ts'
import type { Person } from './person.ts'
import type { Stage } from './stage.ts'

/** Whose job, which one, and what is done there. */
interface JobState {
  of: (stage: Stage) => { person: Person; id: string }
  /** Somebody who has only the link. */
  isForeign?: boolean
  act?: (at: OpenedPage) => Promise<unknown>
}

const STATES: Readonly<Record<string, JobState>> = {
  whole: { of: ({ completed: { person, ids } }) => ({ person, id: ids.whole }) },
  lossy: { of: ({ completed: { person, ids } }) => ({ person, id: ids.lossy }) },
  'long-name': { of: ({ completed: { person, ids } }) => ({ person, id: ids.longName }) },
  'arabic-name': { of: ({ completed: { person, ids } }) => ({ person, id: ids.arabicName }) },
  archive: { of: ({ completed: { person, ids } }) => ({ person, id: ids.archive }) },
  foreign: { of: ({ completed: { person, ids } }) => ({ person, id: ids.whole }), isForeign: true },
  terminal: { of: ({ completed: { person, ids } }) => ({ person, id: ids.whole }), act: opening('.command') },
  again: {
    of: ({ completed: { person, ids } }) => ({ person, id: ids.whole }),
    act: opening('.file-settings'),
  },
  result: { of: ({ completed: { person, ids } }) => ({ person, id: ids.whole }), act: opening('iframe') },
  merged: { of: ({ talks: { person, ids } }) => ({ person, id: ids.merged }) },
  'no-such-page': { of: ({ failed: { person, ids } }) => ({ person, id: ids.noSuchPage }) },
  crashed: { of: ({ failed: { person, ids } }) => ({ person, id: ids.crashed }) },
  locked: { of: ({ locked: { person, ids } }) => ({ person, id: ids.locked }) },
  'locked-again': { of: ({ locked: { person, ids } }) => ({ person, id: ids.asked }) },
  'locked-foreign': { of: ({ locked: { person, ids } }) => ({ person, id: ids.locked }), isForeign: true },
  running: { of: ({ busy: { person, ids } }) => ({ person, id: ids.counted }) },
  queued: { of: ({ busy: { person, ids } }) => ({ person, id: ids.waiting }) },
  cancelled: { of: ({ withoutFiles: { person, ids } }) => ({ person, id: ids.cancelled }) },
  deleted: { of: ({ withoutFiles: { person, ids } }) => ({ person, id: ids.deleted }) },
  expired: { of: ({ withoutFiles: { person, ids } }) => ({ person, id: ids.expired }) },
  lost: { of: ({ withoutFiles: { person, ids } }) => ({ person, id: ids.lost }) },
  forgotten: { of: ({ withoutFiles: { person, ids } }) => ({ person, id: ids.forgotten }) },
}

/** The page of a job in every state. */
export const JOB_PAGE_STATES: readonly PageState[] = [
  ...Object.entries(STATES).map(([name, { of, isForeign, act }]) => ({
    name: `job-${name}`,
    ...(!isForeign && { person: (stage: Stage) => of(stage).person }),
    reach: async (at: OpenedPage) => {
      await goTo(`/jobs/${of(at.stage).id}`)(at)
      await isLive(at)
      await loadPictures(at)
      await act?.(at)
    },
  })),
  {
    name: 'job-without-javascript',
    browser: { javaScriptEnabled: false },
    person: ({ completed }) => completed.person,
    reach: at => goTo(`/jobs/${at.stage.completed.ids.lossy}`)(at),
  },
  { name: 'job-not-found', reach: goTo('/jobs/00000000-0000-4000-8000-000000000000') },
  { name: 'not-found', reach: goTo('/nothing') },
  { name: 'page-unavailable', reach: withoutDatabase },
]

/** Opens what lies behind a click and holds such an element. */
function opening(selector: string): (at: OpenedPage) => Promise<void> {
  return async ({ page }) => {
    const behind = { '.command': 2, '.file-settings': 1, iframe: 0 }[selector]
    await page
      .locator('details.more > summary')
      .nth(behind ?? 0)
      .click()
    await page.locator(selector).first().waitFor()
  }
}

async function withoutDatabase({ page, stage }: OpenedPage): Promise<void> {
  await page.goto(`${stage.failingUrl}/jobs/${stage.completed.ids.whole}`)
  await page.locator('main.card .button.main').waitFor()
}
