/** The main stories of the page, for every browser. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext } from 'puppeteer-core'
import { RETURNING_STORIES } from './stories/returning.ts'
import { FILE_STORIES } from './stories/single-files.ts'
import { type Scene, SLOTS, type Story } from './stories/story.ts'
import type { StoryBrowser } from './stories/story-browser.ts'
import { FOLDER_STORIES } from './stories/whole-folders.ts'
import { clearAway, makeDataDir, startInstance, type TestInstance } from './test-instance.ts'

const STORIES: readonly Story[] = [...FILE_STORIES, ...FOLDER_STORIES, ...RETURNING_STORIES]
/** For whatever a story waits for, on a busy machine. */
const WAIT_MS = 90_000

/** Where stories are told. */
interface Stage {
  kind: StoryBrowser
  browser: Browser
  instance: TestInstance
}

/** Tells each story in a browser and closes it; one that ends in another way becomes the exit code. */
export async function tellStories(kind: StoryBrowser): Promise<void> {
  const dataDir = makeDataDir()
  const instance = await startInstance({ dataDir, env: { SLOTS: String(SLOTS) } })
  try {
    await instance.ready()
    const browser = await kind.open()
    console.log(`  ${await browser.version()}`)
    try {
      for (const story of STORIES) await tell(story, { kind, browser, instance })
    } finally {
      await browser.close()
    }
  } finally {
    await instance.end('SIGTERM')
    await clearAway(dataDir)
  }
}

async function tell(story: Story, { kind, browser, instance }: Stage): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'nightshift-story-'))
  const downloads = join(folder, 'downloads')
  await mkdir(downloads)
  const context = await browser.createBrowserContext({
    downloadBehavior: { policy: 'allow', downloadPath: downloads },
  })
  const remarks: string[] = []
  const remark = (text: string) => void remarks.push(text)
  const began = performance.now()
  try {
    const page = await pageFor(story, context)
    await story.run({ page, browser: kind, instance, folder, downloads, remark })
    console.log(`  ✓ ${story.title} (${((performance.now() - began) / 1000).toFixed(1)} s)`)
  } catch (error) {
    process.exitCode = 1
    console.log(`  ✗ ${story.title}: ${error instanceof Error ? error.stack : error}`)
  } finally {
    for (const each of remarks) console.log(`    ${each}`)
    await context.close()
    await rm(folder, { recursive: true })
  }
}

async function pageFor(story: Story, context: BrowserContext): Promise<Scene['page']> {
  const { viewport = { width: 1280, height: 720 }, language = 'en' } = story
  const page = await context.newPage()
  page.setDefaultTimeout(WAIT_MS)
  await page.setViewport(viewport)
  await page.setExtraHTTPHeaders({ 'accept-language': language })
  return page
}
