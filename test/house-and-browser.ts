import { after, before } from 'node:test'
import type { Browser } from 'playwright-core'
import { openBrowser } from './browser.ts'
import { type House, type HouseOptions, makeDataDir, openHouse, removeDataDir } from './house.ts'

/** A house that runs and a browser beside it, for all tests of the block that calls this. */
export interface HouseAndBrowser {
  readonly dataDir: string
  readonly house: House
  readonly browser: Browser
}

/** Opens both before the tests of this block and ends them after; neither is there before that. */
export function houseAndBrowser(options: Omit<HouseOptions, 'dataDir'> = {}): HouseAndBrowser {
  const dataDir = makeDataDir()
  const opened: { house?: House; browser?: Browser } = {}
  before(async () => {
    opened.house = await openHouse({ ...options, dataDir })
    await opened.house.ready()
    opened.browser = await openBrowser()
  })
  after(async () => {
    await opened.browser?.close()
    await opened.house?.end('SIGTERM')
    removeDataDir(dataDir)
  })
  const there = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('the house is not open yet')
    return part
  }
  return {
    dataDir,
    get house() {
      return there(opened.house)
    },
    get browser() {
      return there(opened.browser)
    },
  }
}
