import { after, before } from 'node:test'
import type { Browser } from 'playwright-core'
import { openBrowser } from './browser.ts'
import { createDatabase } from './create-database.ts'
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
}

/** Opens both before the tests of this block and ends them after; neither is there before that. */
export function instanceAndBrowser({
  ownDatabase,
  env,
  ...options
}: InstanceAndBrowserOptions = {}): InstanceAndBrowser {
  const dataDir = makeDataDir()
  const opened: {
    instance?: TestInstance
    browser?: Browser
    database?: Awaited<ReturnType<typeof createDatabase>>
  } = {}
  before(async () => {
    if (!ownDatabase) opened.database = await createDatabase()
    const { url: DATABASE_URL = '' } = opened.database ?? {}
    opened.instance = await startInstance({ ...options, dataDir, env: { ...env, DATABASE_URL } })
    opened.browser = await openBrowser()
    await opened.instance.ready()
  })
  after(async () => {
    await opened.browser?.close()
    await opened.instance?.end('SIGTERM')
    await clearAway(dataDir)
    await opened.database?.drop()
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
