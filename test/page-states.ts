/** Every page and state that a person can see. */
import type { Browser, BrowserContextOptions } from 'playwright-core'
import { textsOf } from '#app/(pages)/messages/catalogue.ts'
import type { PageLanguage } from '#app/page-language.ts'
import { ADMIN_STATES } from './page-states/admin-states.ts'
import { HOME_STATES } from './page-states/home-states.ts'
import { JOB_PAGE_STATES } from './page-states/job-page-states.ts'
import { LIST_STATES } from './page-states/list-states.ts'
import { OPERATION_STATES } from './page-states/operation-states.ts'
import type { OpenedPage, PageState } from './page-states/page-state.ts'
import type { Stage } from './page-states/stage.ts'
import { UPLOAD_STATES } from './page-states/upload-states.ts'

export const PAGE_STATES: readonly PageState[] = [
  ...HOME_STATES,
  ...UPLOAD_STATES,
  ...LIST_STATES,
  ...JOB_PAGE_STATES,
  ...OPERATION_STATES,
  ...ADMIN_STATES,
]

/** Those whose names hold one of these words; without any word all of them. */
export const statesNamed = (words: readonly string[]): PageState[] =>
  PAGE_STATES.filter(({ name }) => words.length === 0 || words.some(word => name.includes(word)))

export interface StateOptions {
  browser: Browser
  stage: Stage
  language: PageLanguage
  /** Of the window or the device. */
  device?: BrowserContextOptions
}

/** Opens a state in a browser of its own, for as long as `look` takes. */
export async function withState<T>(
  state: PageState,
  { browser, stage, language, device }: StateOptions,
  look: (at: OpenedPage) => Promise<T>,
): Promise<T> {
  const context = await browser.newContext({ locale: language, ...device, ...state.browser })
  context.setDefaultTimeout(30_000)
  try {
    const cookie = state.person?.(stage).cookie
    if (cookie) await context.addCookies([{ ...cookie, url: stage.url }])
    const at = { page: await context.newPage(), stage, texts: textsOf(language) }
    try {
      await state.reach(at)
      return await look(at)
    } finally {
      await state.leave?.(at)
    }
  } finally {
    await context.close()
  }
}
