import { type Browser, type LaunchOptions, launch } from 'puppeteer-core'
import { CHROMIUM_ARGS } from '#test/browser.ts'

/** A browser in which stories are told. */
export interface StoryBrowser {
  /** Whether a driver can hand it a whole folder, as its own picker does. */
  takesFolders: boolean
  open(): Promise<Browser>
}

export const CHROMIUM: StoryBrowser = {
  takesFolders: true,
  open: () => open({ browser: 'chrome', executablePath: '/usr/bin/chromium', args: CHROMIUM_ARGS }),
}

/** Firefox by its program, driven by WebDriver BiDi, whose `input.setFiles` takes files alone. */
export const firefoxAt = (executablePath: string): StoryBrowser => ({
  takesFolders: false,
  open: () => open({ browser: 'firefox', executablePath }),
})

/** With time for a busy machine. */
function open(options: LaunchOptions): Promise<Browser> {
  return launch({ ...options, timeout: 120_000, protocolTimeout: 120_000 })
}
