import type { Page } from 'puppeteer-core'
import type { TestInstance } from '#test/test-instance.ts'
import type { StoryBrowser } from './story-browser.ts'

/** As many as run at once where stories are told. */
export const SLOTS = 2

/** What somebody does on the page, in any browser. */
export interface Story {
  title: string
  /** In pixels; unset: 1280 by 720. */
  viewport?: { width: number; height: number }
  /** The one that the browser prefers; unset: English. */
  language?: string
  /** @throws Error where it ends in another way */
  run(scene: Scene): Promise<void>
}

/** A new page of somebody new, not opened yet. */
export interface Scene {
  page: Page
  browser: StoryBrowser
  instance: TestInstance
  /** Of this story alone. */
  folder: string
  /** Where the browser saves what it downloads. */
  downloads: string
  /** Prints what this browser leaves out, with the story's title. */
  remark(text: string): void
}

export async function openPage({ page, instance }: Scene): Promise<void> {
  await page.goto(instance.url)
  await page.waitForSelector('[data-link="live"]')
}
