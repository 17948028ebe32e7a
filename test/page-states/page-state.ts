import type { BrowserContextOptions, Page } from 'playwright-core'
import type { Texts } from '#app/(pages)/messages/texts.ts'
import type { Person } from './person.ts'
import type { Stage } from './stage.ts'

/** Something that a person can see. */
export interface PageState {
  /** Names its pictures. */
  name: string
  /** Whose browser it is; unset: one that is new here. */
  person?: (stage: Stage) => Person
  /** Brings a new page there; resolves when all of it is there. */
  reach(at: OpenedPage): Promise<void>
  /** Lets go what others need as it was. */
  leave?(at: OpenedPage): Promise<void>
  /** What is particular about the browser. */
  browser?: BrowserContextOptions
}

/** A page in one language, for one state. */
export interface OpenedPage {
  page: Page
  stage: Stage
  /** What the page says, to find its buttons by. */
  texts: Texts
}

/** Opens an address of the stage. */
export const goTo =
  (path: string) =>
  async ({ page, stage }: OpenedPage) => {
    await page.goto(stage.url + path)
  }

/** Resolves when changes are pushed. */
export const isLive = ({ page }: OpenedPage) => page.locator('[data-link="live"]').waitFor()

/** Opens the main page; resolves when its list is there and nothing is loading any more. */
export async function openList(at: OpenedPage): Promise<void> {
  await goTo('/')(at)
  await isLive(at)
  await at.page.locator('.rows').waitFor()
  await loadPictures(at)
}

/** Opens the main page of somebody without files, and touches it, which brings the rest of its code. */
export async function openHome(at: OpenedPage): Promise<void> {
  await goTo('/')(at)
  await isLive(at)
  await at.page.mouse.move(1, 1)
  // React marks the elements that it has taken over.
  await at.page.waitForFunction(() =>
    Object.keys(document.querySelector('.drop') ?? {}).some(name => name.startsWith('__reactProps')),
  )
}

/** Resolves when all pictures are there; a browser does not load those that the list of a phone hides. */
export async function loadPictures({ page }: OpenedPage): Promise<void> {
  await page.waitForFunction(() =>
    [...document.images].every(picture => picture.complete || !picture.checkVisibility()),
  )
}

/** Chooses files as by the button. */
export const choose = ({ page }: OpenedPage, files: Parameters<Page['setInputFiles']>[1]) =>
  page.setInputFiles('input[type=file][multiple]', files)

/** A file that lives only in the test. */
export const fileOf = (name: string, buffer: Buffer) => ({
  ...{ name, mimeType: 'application/octet-stream', buffer },
})
