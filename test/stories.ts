/** The main stories of the page, for every browser. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { RETURNING_STORIES } from './stories/returning.ts'
import { FILE_STORIES } from './stories/single-files.ts'
import { SLOTS, type Story } from './stories/story.ts'
import { FOLDER_STORIES } from './stories/whole-folders.ts'
import { clearAway, makeDataDir, startInstance, type TestInstance } from './test-instance.ts'

const STORIES: readonly Story[] = [...FILE_STORIES, ...FOLDER_STORIES, ...RETURNING_STORIES]

/** Tells each story in a browser and closes it; one that ends in another way becomes the exit code. */
export async function tellStories(open: () => Promise<Browser>): Promise<void> {
  const dataDir = makeDataDir()
  const instance = await startInstance({ dataDir, env: { SLOTS: String(SLOTS) } })
  try {
    await instance.ready()
    const browser = await open()
    try {
      for (const story of STORIES) await tell(story, { browser, instance })
    } finally {
      await browser.close()
    }
  } finally {
    await instance.end('SIGTERM')
    await clearAway(dataDir)
  }
}

async function tell(
  { title, browser: settings, run }: Story,
  { browser, instance }: { browser: Browser; instance: TestInstance },
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'nightshift-story-'))
  const context = await browser.newContext({ locale: 'en', ...settings })
  const began = performance.now()
  try {
    await run({ page: await context.newPage(), instance, folder })
    console.log(`  ✓ ${title} (${((performance.now() - began) / 1000).toFixed(1)} s)`)
  } catch (error) {
    process.exitCode = 1
    console.log(`  ✗ ${title}: ${error instanceof Error ? error.stack : error}`)
  } finally {
    await context.close()
    await rm(folder, { recursive: true })
  }
}
