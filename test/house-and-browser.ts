import { after, before } from 'node:test'
import type { Browser } from 'playwright-core'
import { openBrowser } from './browser.ts'
import { createDatabase } from './database.ts'
import { clearAway, type House, type HouseOptions, makeDataDir, openHouse } from './house.ts'

/** A house that runs and a browser beside it, for all tests of the block that calls this. */
export interface HouseAndBrowser {
  readonly dataDir: string
  readonly house: House
  readonly browser: Browser
}

export type HouseAndBrowserOptions = Omit<HouseOptions, 'dataDir'> & {
  /** With a database of its own, which takes seconds to make; else it gets one of the tests'. */
  ownDatabase?: boolean
}

/** Opens both before the tests of this block and ends them after; neither is there before that. */
export function houseAndBrowser({
  ownDatabase,
  env,
  ...options
}: HouseAndBrowserOptions = {}): HouseAndBrowser {
  const dataDir = makeDataDir()
  const opened: { house?: House; browser?: Browser; database?: Awaited<ReturnType<typeof createDatabase>> } =
    {}
  before(async () => {
    if (!ownDatabase) opened.database = await createDatabase()
    const { url: DATABASE_URL = '' } = opened.database ?? {}
    opened.house = await openHouse({ ...options, dataDir, env: { ...env, DATABASE_URL } })
    opened.browser = await openBrowser()
    await opened.house.ready()
  })
  after(async () => {
    await opened.browser?.close()
    await opened.house?.end('SIGTERM')
    await clearAway(dataDir)
    await opened.database?.drop()
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
