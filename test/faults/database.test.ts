import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { drop, openBrowser, reach, rowOf } from '#test/browser.ts'
import { resultOf, statusOf } from '#test/client.ts'
import { deck } from '#test/documents/deck.ts'
import { type House, makeDataDir, openHouse, processesOn, removeDataDir } from '#test/house.ts'
import { pageCount } from '#test/pdf.ts'
import { until } from '#test/until.ts'

const SLIDES = 400

describe('a database that restarts in mid-job', () => {
  const dataDir = makeDataDir()
  let house: House
  let browser: Browser
  before(async () => {
    house = await openHouse({ dataDir })
    await house.ready()
    browser = await openBrowser()
  })
  after(async () => {
    await browser.close()
    await house.end('SIGTERM')
    removeDataDir(dataDir)
  })

  for (const signal of ['SIGINT', 'SIGKILL'] as const) {
    it(`loses nothing by ${signal}, and the page finds its way back`, async () => {
      const name = `${signal}.pptx`
      const page = await browser.newPage()
      await page.goto(house.url)
      await drop(page, [
        { name, bytes: await deck({ slides: SLIDES }) },
        { name: `second ${name}`, bytes: await deck({ slides: SLIDES }) },
        { name: `waiting ${name}`, bytes: await deck({ slides: 2 }) },
      ])
      // What the counter has not taken yet is refused with a sentence, not lost; this is about what it has taken.
      for (const row of [name, `second ${name}`, `waiting ${name}`])
        await rowOf(page, row).and(page.locator('[data-job]')).waitFor()
      await reach(page, name, 'running')
      const id = (await rowOf(page, name).getAttribute('data-job')) ?? ''
      assert.equal((await statusOf(house.url, id)).state, 'running')
      const postmaster = processesOn(dataDir).find(line => line.includes('postgres -D'))
      process.kill(Number.parseInt(postmaster ?? '', 10), signal)
      await until('the old server is gone', () => !processesOn(dataDir).includes(postmaster ?? ''))
      for (const row of [name, `second ${name}`, `waiting ${name}`])
        await reach(page, row, 'completed', 90_000)
      assert.equal(await pageCount(await resultOf(house.url, id)), SLIDES)
      const { timeline } = await statusOf(house.url, id)
      assert.equal(timeline.filter(a => a.outcome === 'completed').length, 1)
      await page.close()
    })
  }
})
