import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { drop, reach, rowOf } from '#test/browser.ts'
import { jobStatusOf, resultOf } from '#test/client.ts'
import { deck } from '#test/documents/deck.ts'
import { instanceAndBrowser } from '#test/instance-and-browser.ts'
import { freezeOffices } from '#test/offices.ts'
import { pageCount } from '#test/pdf.ts'
import { processesOn } from '#test/test-instance.ts'
import { until } from '#test/until.ts'

const SLIDES = 200
const SLOTS = 2

describe('a database that restarts in mid-job', () => {
  const here = instanceAndBrowser({ ownDatabase: true, env: { SLOTS: String(SLOTS) } })

  for (const signal of ['SIGINT', 'SIGKILL'] as const) {
    it(`loses nothing by ${signal}, and the page finds its way back`, async t => {
      const name = `${signal}.pptx`
      const long = await deck({ slides: SLIDES })
      const page = await here.browser.newPage()
      t.after(() => page.close())
      await page.goto(here.instance.url)
      const goOn = await freezeOffices(here.instance, SLOTS)
      t.after(goOn)
      await drop(page, [
        { name, bytes: long },
        { name: `second ${name}`, bytes: long },
        { name: `waiting ${name}`, bytes: await deck({ slides: 2 }) },
      ])
      // What the server has not taken yet is refused with a sentence, not lost; this is about what it has taken.
      for (const row of [name, `second ${name}`, `waiting ${name}`])
        await rowOf(page, row).and(page.locator('[data-job]')).waitFor()
      await reach(page, name, 'running')
      const id = (await rowOf(page, name).getAttribute('data-job')) ?? ''
      assert.equal((await jobStatusOf(here.instance.url, id)).state, 'running')
      const postmaster = processesOn(here.dataDir).find(line => line.includes('postgres -D'))
      process.kill(Number.parseInt(postmaster ?? '', 10), signal)
      goOn()
      await until('the old server is gone', () => !processesOn(here.dataDir).includes(postmaster ?? ''))
      for (const row of [name, `second ${name}`, `waiting ${name}`]) await reach(page, row, 'completed')
      assert.equal(await pageCount(await resultOf(here.instance.url, id)), SLIDES)
      const { timeline } = await jobStatusOf(here.instance.url, id)
      assert.equal(timeline.filter(a => a.outcome === 'completed').length, 1)
    })
  }
})
