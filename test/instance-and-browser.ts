import { after, before } from 'node:test'
import type { Browser } from 'playwright-core'
import { type BackEnd, type OpenBackEnd, POSTGRES } from './back-end.ts'
import { openBrowser } from './browser.ts'
import {
  clearAway,
  makeDataDir,
  startInstance,
  type TestInstance,
  type TestInstanceOptions,
} from './test-instance.ts'

/** A house that runs and a browser beside it, for all tests of the block that calls this. */
export interface InstanceAndBrowser {
  readonly dataDir: string
  readonly instance: TestInstance
  readonly browser: Browser
}

export type InstanceAndBrowserOptions = Omit<TestInstanceOptions, 'dataDir'> & {
  /** With a database of its own, which takes seconds to make; else it gets one of the tests'. */
  ownDatabase?: boolean
  /** Unset: PostgreSQL. */
  backEnd?: BackEnd
}

/** Opens both before the tests of this block and ends them after; neither is there before that. */
export function instanceAndBrowser({
  ownDatabase,
  backEnd = POSTGRES,
  env,
  ...options
}: InstanceAndBrowserOptions = {}): InstanceAndBrowser {
  const dataDir = makeDataDir()
  const opened: {
    instance?: TestInstance
    browser?: Browser
    backEnd?: OpenBackEnd
  } = {}
  before(async () => {
    if (!ownDatabase) opened.backEnd = await backEnd.open()
    const there = opened.backEnd?.env ?? { DATABASE_URL: '' }
    opened.instance = await startInstance({ ...options, dataDir, env: { ...env, ...there } })
    opened.browser = await openBrowser()
    await opened.instance.ready()
  })
  after(async () => {
    await opened.browser?.close()
    await opened.instance?.end('SIGTERM')
    await clearAway(dataDir)
    await opened.backEnd?.close()
  })
  const there = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('the house is not open yet')
    return part
  }
  return {
    dataDir,
    get instance() {
      return there(opened.instance)
    },
    get browser() {
      return there(opened.browser)
    },
  }
}
