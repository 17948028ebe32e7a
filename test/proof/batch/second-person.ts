import assert from 'node:assert/strict'
import type { Browser } from 'playwright-core'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { drop, reach, rowOf } from '#test/browser.ts'
import { deck } from '#test/documents/deck.ts'

const NAME = 'One file.pptx'

/** What became of the second person's file, and when, in milliseconds since 1970. */
export interface SecondFile {
  droppedAt: number
  createdAt: number
  startedAt: number
  finishedAt: number
}

interface Visit {
  url: string
  /** Resolves when the file is to be dropped. */
  turn: Promise<unknown>
}

/** A person with a cookie of their own, who drops one file beside another person's many. */
export async function dropAsSecondPerson(browser: Browser, { url, turn }: Visit): Promise<SecondFile> {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    await page.goto(url)
    await page.getByText('Live', { exact: true }).waitFor()
    const bytes = await deck({ slides: 1 })
    await turn
    const droppedAt = Date.now()
    await drop(page, [{ name: NAME, bytes }])
    await reach(page, NAME, 'completed')
    assert.equal(await rowOf(page, NAME).count(), 1)
    const { jobs }: { jobs: Snapshot[] } = await (await page.request.get(`${url}/api/jobs`)).json()
    assert.equal(jobs.length, 1, "nobody's list has the files of others")
    const at = (field: 'createdAt' | 'startedAt' | 'finishedAt') => Date.parse(jobs[0]?.[field] ?? '')
    return {
      droppedAt,
      createdAt: at('createdAt'),
      startedAt: at('startedAt'),
      finishedAt: at('finishedAt'),
    }
  } finally {
    await context.close()
  }
}

/** How many of the first person's jobs were left when the second file was dropped, and ended before it did. */
export function overtaken(jobs: readonly Snapshot[], { droppedAt, finishedAt }: SecondFile) {
  const left = jobs.map(job => Date.parse(job.finishedAt ?? '')).filter(time => time > droppedAt)
  return { left: left.length, before: left.filter(time => time < finishedAt).length }
}
