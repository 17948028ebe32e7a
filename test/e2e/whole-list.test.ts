import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { drop, reach, rowOf } from '#test/browser.ts'
import { deck } from '#test/documents/deck.ts'
import { instanceAndBrowser } from '#test/instance-and-browser.ts'
import { freezeOffices } from '#test/offices.ts'
import { until } from '#test/until.ts'

const SLOTS = 2

describe('a person who looks at all files as one list', () => {
  const here = instanceAndBrowser({ env: { SLOTS: String(SLOTS) } })
  let page: Page

  before(async () => {
    page = await here.browser.newPage()
    await page.goto(here.instance.url)
    await page.getByText('Live', { exact: true }).waitFor()
  })

  it('hears of many refused files once, finds them again after a reload, and clears them away by keyboard', async () => {
    const isCompact = () => page.locator('.drop').getAttribute('data-compact')
    assert.equal(await isCompact(), 'false')
    await page.evaluate(() => {
      const heard: string[] = []
      const region = document.querySelector('p.unseen[role=status]')
      if (region)
        new MutationObserver(() => heard.push(region.textContent)).observe(region, {
          childList: true,
          characterData: true,
          subtree: true,
        })
      Object.assign(globalThis, { heard })
    })
    const film = Buffer.from('\0\0\0\x20ftypisom\0\0\x02\0')
    const names = Array.from({ length: 12 }, (_, index) => `Film ${index}.mp4`)
    await drop(
      page,
      names.map(name => ({ name, bytes: film })),
    )
    for (const name of names) await reach(page, name, 'refused')
    // As a screen reader gets it.
    const isAnnounced = async () => /12 files ended: 12\sfailed/.test(await page.ariaSnapshot())
    await until('it is announced', isAnnounced)
    assert.equal(await isCompact(), 'true')
    const heard = await page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard)
    assert.equal(heard.length, 1, heard.join('\n'))
    await page.reload()
    for (const name of names) await reach(page, name, 'refused')
    await page.locator('li[data-batch]').getByText('12 failed', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Clear finished' }).press('Enter')
    await until('the list is gone', async () => (await page.locator('.rows').count()) === 0)
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Choose files')
    assert.equal(await isCompact(), 'false')
    await page.reload()
    await page.getByText('Live', { exact: true }).waitFor()
    assert.equal(await page.locator('.rows').count(), 0)
  })

  it('sees several drops in one bar and in the title, and is notified once nothing is under way', async t => {
    await page.evaluate(() => {
      const shown: string[] = []
      class Notification {
        static requestPermission = async () => 'granted'
        constructor(title: string, { body }: { body: string }) {
          shown.push(`${title}: ${body}`)
        }
      }
      Object.assign(globalThis, { shown, Notification })
      document.hasFocus = () => false
      navigator.clipboard.writeText = async () => {
        throw new DOMException('Write permission denied.', 'NotAllowedError')
      }
    })
    const goOn = await freezeOffices(here.instance, SLOTS)
    t.after(goOn)
    for (const name of ['Left.pptx', 'Right.pptx']) {
      await drop(page, [{ name, bytes: await deck({ slides: 1 }) }])
      await reach(page, name, 'running')
    }
    const all = page.getByRole('progressbar', { name: 'All files' })
    await until('its counts', async () => (await all.getAttribute('aria-valuetext')) === '2\u00a0running')
    await until('the title', async () => /^\d+ % of 2 files · Nightshift$/.test(await page.title()))
    await page.getByRole('button', { name: 'Notify me at the end' }).click()
    await page.getByRole('button', { name: 'You will be notified' }).waitFor()
    await page.setViewportSize({ width: 320, height: 640 })
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth))
    await page.setViewportSize({ width: 1280, height: 720 })
    goOn()
    for (const name of ['Left.pptx', 'Right.pptx']) await reach(page, name, 'completed')
    await all.waitFor({ state: 'detached' })
    await until('the title is as before', async () => (await page.title()) === 'Nightshift')
    const shown = await page.evaluate(() => (globalThis as unknown as { shown: string[] }).shown)
    assert.deepEqual(shown, ['Nightshift: nothing is under way any more: 2 done'])

    const row = rowOf(page, 'Left.pptx')
    await row.getByRole('button', { name: 'Copy link' }).click()
    await row.getByText('This browser did not let the page copy the link.').waitFor()
    const link = `${here.instance.url}/jobs/${await row.getAttribute('data-job')}`
    assert.equal(await row.getByRole('textbox').inputValue(), link)
  })

  it('opens the options and closes them by Escape, with the focus where it was', async () => {
    const options = page.locator('summary', { hasText: 'Options' })
    await options.press('Enter')
    await page.getByLabel('Pages', { exact: true }).focus()
    await page.keyboard.press('Escape')
    await page.getByLabel('Pages', { exact: true }).waitFor({ state: 'hidden' })
    assert.ok(await options.evaluate(summary => summary === document.activeElement))
  })
})
